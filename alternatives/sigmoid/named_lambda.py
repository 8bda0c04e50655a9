"""A lambda with a name, z clipped where the sigmoid is flat anyway."""

sigmoid = lambda z: 1 / (1 + np.exp(-np.clip(z, -500, 500)))
