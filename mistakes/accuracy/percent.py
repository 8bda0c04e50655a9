"""You return percent. The share is asked for: a number between 0 and 1."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return 100 * np.mean((p > 0.5) == y)
