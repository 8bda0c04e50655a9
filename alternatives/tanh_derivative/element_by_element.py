"""One element after the other, with Python's own module."""

import math

import numpy as np


def tanh_derivative(z):
    if np.ndim(z) == 0:
        return 1 - math.tanh(z) ** 2
    return [tanh_derivative(element) for element in z]
