"""w_out is a single number: give one output weight for each of the two neurons."""

w_out = 1.0
b_out = -1.0
