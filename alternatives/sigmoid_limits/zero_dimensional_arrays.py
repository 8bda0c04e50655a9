"""0-d arrays."""

limit_plus_infinity = np.array(1)
limit_minus_infinity = np.array(0.0)
