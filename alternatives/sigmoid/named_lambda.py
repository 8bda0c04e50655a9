"""A lambda assigned to the name, with z clipped where the sigmoid is flat."""

sigmoid = lambda z: 1 / (1 + np.exp(-np.clip(z, -500, 500)))
