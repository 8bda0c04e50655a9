"""It looks as if you took the mean of the plain differences, so that errors above and below cancel. Something has to
happen to each difference before the mean."""

import numpy as np


def mse(y, y_out):
    return np.mean(y - y_out)
