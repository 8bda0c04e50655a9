"""A column of ones gives both gradients in one product, which is then split; a warning goes to stderr."""

import sys

import numpy as np


def gradients(X, y, w_1, b_1):
    print("working with", len(X), "points", file=sys.stderr)
    with_ones = np.hstack([X, np.ones((len(X), 1))])
    p = sigmoid(with_ones @ np.append(w_1, b_1))
    everything = with_ones.T @ (p - np.ravel(y))
    return everything[:2], everything[2]
