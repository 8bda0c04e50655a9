"""math.exp with an if for a single number, applied to arrays by np.vectorize."""

import math


@np.vectorize
def sigmoid(z):
    if z < 0:
        e = math.exp(z)
        return e / (1.0 + e)
    return 1.0 / (1.0 + math.exp(-z))
