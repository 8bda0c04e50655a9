"""It looks as if you squared target and output each on its own and then subtracted. The square belongs around the
difference."""

import numpy as np


def mse(y, y_out):
    return np.mean(y**2 - y_out**2)
