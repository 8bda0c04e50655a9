"""It looks as if you divide by n - 1, as for a sample variance. A mean divides by the number of points."""

import numpy as np


def mse(y, y_out):
    return np.sum((y - y_out) ** 2) / (np.size(y) - 1)
