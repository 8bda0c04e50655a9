"""Evaluates the formula at infinity itself, which NumPy supports."""

limit_plus_infinity = 1 / (1 + np.exp(-np.inf))
limit_minus_infinity = 1 / (1 + np.exp(np.inf))
