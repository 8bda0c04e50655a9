"""Measured by nudging, not derived; the results are NumPy numbers."""

import numpy as np


def loss(a, b, nudge=0.0):
    return np.square(a * b + nudge + a)


h = 1e-4
dL_du = (loss(2, -3, h) - loss(2, -3, -h)) / (2 * h)
dL_db = (loss(2, -3 + h) - loss(2, -3 - h)) / (2 * h)
dL_da = (loss(2 + h, -3) - loss(2 - h, -3)) / (2 * h)
