"""The number is right, but your function overwrites the probabilities in the caller's array with decisions. Store the
decisions under a new name."""

import numpy as np


def accuracy(y, p):
    p[p > 0.5] = 1
    p[p <= 0.5] = 0
    return np.mean(p == y)
