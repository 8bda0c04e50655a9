"""It looks as if you measure how far the probabilities are from the labels. Accuracy counts decisions, and each
decision is either right or wrong."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return 1 - np.mean(np.abs(y - p))
