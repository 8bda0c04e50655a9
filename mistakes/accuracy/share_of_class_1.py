"""Your result is the share of points that are taken as class 1. It does not say yet whether they are: compare with y."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.mean(p > 0.5)
