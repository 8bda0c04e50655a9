"""The variance of the differences plus the square of their mean."""

import numpy as np


def mse(y, y_out):
    difference = np.asarray(y) - np.asarray(y_out)
    return np.var(difference) + np.mean(difference) ** 2
