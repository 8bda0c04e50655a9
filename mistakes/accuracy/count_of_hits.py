"""Your function returns the number of correct decisions. The task asks for their share, which is a number between 0 and
1."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.sum((p > 0.5) == y)
