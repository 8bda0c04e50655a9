"""Only the first point affects your result. Check whether the return is inside the loop, or whether an index selects a
single point."""

import numpy as np


def mse(y, y_out):
    total = 0
    for target, output in zip(np.ravel(y), np.ravel(y_out)):
        total += (target - output) ** 2
        return total
