"""The number is right, but your function overwrites the probabilities with decisions in the caller's array. Put the
decisions into a new variable."""

import numpy as np


def accuracy(y, p):
    p[p > 0.5] = 1
    p[p <= 0.5] = 0
    return np.mean(p == y)
