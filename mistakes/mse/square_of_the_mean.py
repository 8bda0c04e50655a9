"""It looks as if you take the mean first and square it afterwards, so that positive and negative errors cancel. Change
the order of the two."""

import numpy as np


def mse(y, y_out):
    return np.mean(y - y_out) ** 2
