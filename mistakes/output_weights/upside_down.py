"""Your curve is upside down: negative output weights turn the bump into a dip."""

w_out = np.array([-1.5, -1.5])
b_out = 1.5
