"""It looks as if you square the target and the output separately and then subtract. Subtract first, then square the
difference."""

import numpy as np


def mse(y, y_out):
    return np.mean(y**2 - y_out**2)
