"""You give the limits of the exponential inside the formula: go on and put them into the whole fraction."""

limit_plus_infinity = 0
limit_minus_infinity = np.inf
