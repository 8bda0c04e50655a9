"""The number is right, but your function changes an array that it was given: `-=` writes into the caller's array. Put
the difference into a new variable."""

import numpy as np


def mse(y, y_out):
    y -= y_out
    return np.mean(y**2)
