"""Your function returns the share of points that are classified as class 1. It does not yet tell how many of the
decisions are right: compare them with y."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.mean(p > 0.5)
