"""The numbers are right, but your function changes p: `-=` writes into the caller's array. Make a new array."""

import numpy as np


def deltas(y, Z_1, p, w_2):
    p -= y
    p /= len(y)
    return p, np.outer(p, w_2) * tanh_derivative(Z_1)
