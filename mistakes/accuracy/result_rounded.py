"""The share that you return is rounded to two decimals. Return it as it is; round only where you print it."""

import numpy as np


def accuracy(y, p):
    return round(float(np.mean((p > 0.5) == y)), 2)
