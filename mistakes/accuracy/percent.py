"""Your function returns a percentage. The task asks for the share, which is a number between 0 and 1."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return 100 * np.mean((p > 0.5) == y)
