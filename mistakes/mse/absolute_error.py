"""Your function returns the mean absolute error. The S in MSE stands for squared: look at what you do with each
difference before you take the mean."""

import numpy as np


def mse(y, y_out):
    return np.mean(np.abs(y - y_out))
