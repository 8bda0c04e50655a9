"""Your function returns the share of wrong decisions. Accuracy is the share of correct decisions."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.mean((p > 0.5) != y)
