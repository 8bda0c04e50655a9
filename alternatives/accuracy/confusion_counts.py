"""Counts the correct decisions of each class separately; returns an array of shape (1,) in single precision."""

import numpy as np


def accuracy(y, p):
    true_positive = np.count_nonzero(np.logical_and(p > 0.5, y == 1))
    true_negative = np.count_nonzero(np.logical_and(p <= 0.5, y == 0))
    return np.array([(true_positive + true_negative) / len(y)], dtype=np.float32)
