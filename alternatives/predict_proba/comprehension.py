"""A list comprehension over the points, with Python floats and the math module."""

import math

import numpy as np


def predict_proba(X, w_1, b_1):
    scores = [float(w_1[0]) * float(a) + float(w_1[1]) * float(b) + float(b_1[0]) for a, b in X]
    return np.array([1 / (1 + math.exp(-s)) if s >= 0 else math.exp(s) / (1 + math.exp(s)) for s in scores])
