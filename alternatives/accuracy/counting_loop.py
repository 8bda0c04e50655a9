"""Counts in a loop, with Python numbers only."""

import numpy as np


def accuracy(y, p):
    hits = 0
    for label, probability in zip(np.ravel(y), np.ravel(p)):
        if probability > 0.5:
            decision = 1
        else:
            decision = 0
        if decision == label:
            hits = hits + 1
    return hits / len(y)
