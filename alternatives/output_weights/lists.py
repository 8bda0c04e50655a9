"""A list of whole numbers."""

w_out = [1, 1]
b_out = -1
