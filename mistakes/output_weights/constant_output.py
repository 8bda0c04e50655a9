"""Your network returns the mean of f for every x. With output weights of 0 the hidden neurons have no effect."""

w_out = np.array([0.0, 0.0])
b_out = 0.177
