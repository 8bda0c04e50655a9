"""Your result is always 0 or 1: the share is turned into a whole number at the end. Return it with its decimals."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return int(np.mean((p > 0.5) == y))
