"""The slope is right, but your function changes the array z that the caller passed in. Compute the result in a new
array and leave z unchanged."""

import numpy as np


def sigmoid_derivative(z):
    z = np.asarray(z, dtype=float)
    z *= -1
    h = 1 / (1 + np.exp(z))
    return h * (1 - h)
