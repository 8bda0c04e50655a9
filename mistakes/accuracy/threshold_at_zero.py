"""It looks as if every point with p > 0 is taken as class 1, so all of them. Probabilities are compared with 0.5."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.mean((p > 0) == y)
