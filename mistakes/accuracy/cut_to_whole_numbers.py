"""Your code cuts the probabilities down to whole numbers, which makes nearly all of them 0. Compare each p with one half
instead."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.mean(p.astype(int) == y)
