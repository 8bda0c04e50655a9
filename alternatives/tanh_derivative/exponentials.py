"""Exponentials of the absolute value, which cannot overflow."""

import numpy as np


def tanh_derivative(z):
    small = np.exp(-2 * np.abs(z))
    return 4 * small / (1 + small) ** 2
