"""w_out is a list of integers."""

w_out = [1, 1]
b_out = -1
