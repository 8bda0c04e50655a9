"""The slope as 1 / (4 cosh(z/2)^2); overflows to 0 with a warning for huge z."""

import numpy as np


def sigmoid_derivative(z):
    return 0.25 / np.cosh(np.asarray(z) / 2) ** 2
