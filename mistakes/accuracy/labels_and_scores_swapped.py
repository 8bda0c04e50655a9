"""It looks as if you compare the probabilities themselves with the classes: the threshold 0.5 is missing, or applied to
the labels. Turn the probabilities into decisions first."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.mean((y > 0.5) == p)
