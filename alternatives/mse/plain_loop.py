"""A loop over the points, with Python floats only."""

import numpy as np


def mse(y, y_out):
    total = 0.0
    count = 0
    for target, output in zip(np.ravel(y).tolist(), np.ravel(y_out).tolist()):
        total = total + (target - output) * (target - output)
        count = count + 1
    return total / count
