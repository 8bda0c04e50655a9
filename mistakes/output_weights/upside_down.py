"""Your curve is upside down: with negative output weights the hump of the two neurons becomes a dip."""

w_out = np.array([-1.5, -1.5])
b_out = 1.5
