"""Your curve has the right shape but lies one unit too high. Use the output bias to move it down."""

w_out = np.array([1.0, 1.0])
b_out = 0
