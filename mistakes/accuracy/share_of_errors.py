"""You return the share of wrong decisions. Accuracy is the share of the right ones."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.mean((p > 0.5) != y)
