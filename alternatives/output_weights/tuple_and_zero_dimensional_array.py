"""w_out is a tuple, b_out a 0-d array."""

w_out = (0.9449, 0.9449)
b_out = np.array(-0.9567)
