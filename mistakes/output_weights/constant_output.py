"""Your network's output is the mean of f at every x: with output weights of 0 the neurons cannot take part."""

w_out = np.array([0.0, 0.0])
b_out = 0.177
