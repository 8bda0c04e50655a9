"""Makes all N draws before the loop, with the older RandomState generator."""

import numpy as np


def train(X, N, lr, seed):
    w_1, b_1 = np.array([1.0, -1.0]), np.array([1.0, 1.0])
    w_2, b_2 = np.array([1.0, -1.0]), np.array([1.0])
    for x in np.random.RandomState(seed).choice(X, size=N):
        dL_dw1, dL_db1, dL_dw2, dL_db2 = backprop(x, gaussian(x), w_1, b_1, w_2, b_2)
        w_1 = w_1 - lr * dL_dw1
        b_1 = b_1 - lr * dL_db1
        w_2 = w_2 - lr * dL_dw2
        b_2 = b_2 - lr * dL_db2
    return w_1, b_1, w_2, b_2
