"""Python floats and the math module inside; returns a list of arrays, with dL_db2 as a plain number."""

import math

import numpy as np


def backprop(x, y, w_1, b_1, w_2, b_2):
    h = [1 / (1 + math.exp(-(float(w) * x + float(b)))) for w, b in zip(w_1, b_1)]
    error = sum(float(w) * hj for w, hj in zip(w_2, h)) + float(b_2[0]) - float(y)
    hidden = [2 * error * float(w) * hj * (1 - hj) for w, hj in zip(w_2, h)]
    return [np.array([d * x for d in hidden]), np.array(hidden), np.array([2 * error * hj for hj in h]), 2 * error]
