"""A comprehension over the points; a list of Python floats."""

import math


def predict_proba(X, w_1, b_1):
    scores = [float(w_1[0]) * float(a) + float(w_1[1]) * float(b) + float(b_1[0]) for a, b in X]
    return [1 / (1 + math.exp(-s)) if s >= 0 else math.exp(s) / (1 + math.exp(s)) for s in scores]
