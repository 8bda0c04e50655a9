"""Your function gives the right slope but changes the array z that it was given, so the next cell works with other
numbers. Compute a new array and leave z as it is."""

import numpy as np


def sigmoid_derivative(z):
    z = np.asarray(z, dtype=float)
    z *= -1
    h = 1 / (1 + np.exp(z))
    return h * (1 - h)
