"""The number is right, but your function changes an array that the caller passed in: `-=` writes into it. Store the
difference under a new name."""

import numpy as np


def mse(y, y_out):
    y -= y_out
    return np.mean(y**2)
