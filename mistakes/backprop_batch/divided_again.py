"""All four gradients are too small by the number of points: it looks as if you divide by it once more. The deltas
contain the division already."""

# spreads: test_train_network

import numpy as np


def backprop_batch(X, y, W_1, b_1, w_2, b_2):
    Z_1, H, p = forward_batch(X, W_1, b_1, w_2, b_2)
    dL_dz2, dL_dZ1 = deltas(y, Z_1, p, w_2)
    n = len(y)
    dL_dw2 = dL_dz2 @ H / n
    dL_db2 = np.sum(dL_dz2, keepdims=True) / n
    dL_dW1 = X.T @ dL_dZ1 / n
    dL_db1 = np.sum(dL_dZ1, axis=0) / n
    return dL_dW1, dL_db1, dL_dw2, dL_db2
