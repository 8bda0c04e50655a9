"""Your result does not change when all outputs are shifted alike: it looks as if you take the variance of the
differences, which subtracts their mean first. Square the differences themselves."""

import numpy as np


def mse(y, y_out):
    return np.var(y_out - y)
