"""Your curve has the right shape but floats one unit too high: use the output bias to bring it down."""

w_out = np.array([1.0, 1.0])
b_out = 0
