"""The decision by rounding p - 0.5 upwards."""

import numpy as np


def accuracy(y, p):
    return 1 - np.abs(y - np.ceil(p - 0.5)).mean()
