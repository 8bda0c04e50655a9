"""Fills an empty array in a loop, one point at a time, and warns about it."""

import warnings

import numpy as np


def predict_proba(X, w_1, b_1):
    warnings.warn("one point at a time", stacklevel=1)
    p = np.empty(len(X))
    for i in range(len(X)):
        p[i] = sigmoid(np.inner(w_1, X[i]) + b_1).item()
    return p
