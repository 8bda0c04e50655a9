"""It looks as if you measured how far the probabilities are from the labels. Accuracy asks for decisions: each of
them is right or wrong, with nothing between."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return 1 - np.mean(np.abs(y - p))
