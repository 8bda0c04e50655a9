"""w_out is a single number. Give one output weight for each of the two hidden neurons."""

w_out = 1.0
b_out = -1.0
