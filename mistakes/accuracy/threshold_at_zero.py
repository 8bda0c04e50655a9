"""It looks as if every point with p > 0 is classified as class 1, which is all of them. Compare the probabilities with
0.5."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.mean((p > 0) == y)
