"""Adds up the contributions of the points in a loop."""

import numpy as np


def backprop_batch(X, y, W_1, b_1, w_2, b_2):
    Z_1, H, p = forward_batch(X, W_1, b_1, w_2, b_2)
    dL_dz2, dL_dZ1 = deltas(y, Z_1, p, w_2)
    dL_dW1, dL_db1, dL_dw2, dL_db2 = np.zeros(W_1.shape), np.zeros(b_1.shape), np.zeros(w_2.shape), 0.0
    for x, h, z, out, hidden in zip(X, H, Z_1, dL_dz2, dL_dZ1):
        dL_dW1 += np.outer(x, hidden)
        dL_db1 += hidden
        dL_dw2 += out * h
        dL_db2 += out
    return dL_dW1, dL_db1, dL_dw2, dL_db2
