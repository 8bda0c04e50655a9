"""Your values say where z itself goes. The task asks for the value that sigmoid(z) approaches as z goes there."""

limit_plus_infinity = np.inf
limit_minus_infinity = -np.inf
