"""It looks as if you added the squared errors up and did not divide by their number. The M in MSE is for mean: the
result must not grow with the number of points."""

import numpy as np


def mse(y, y_out):
    return np.sum((y - y_out) ** 2)
