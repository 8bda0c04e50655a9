"""w_out is a column of shape (2, 1), b_out an array with one element."""

w_out = np.array([[1.0], [1.0]])
b_out = np.array([-1.0])
