"""The formula at infinity itself, which numpy can do."""

limit_plus_infinity = 1 / (1 + np.exp(-np.inf))
limit_minus_infinity = 1 / (1 + np.exp(np.inf))
