"""Goes through the sigmoid, of which the tanh is a stretched copy."""

import numpy as np


def tanh_derivative(z):
    h = sigmoid(2 * np.asarray(z))
    return 4 * h * (1 - h)
