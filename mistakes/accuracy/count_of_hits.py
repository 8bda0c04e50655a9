"""You return how many decisions are right. The share is asked for: a number between 0 and 1."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.sum((p > 0.5) == y)
