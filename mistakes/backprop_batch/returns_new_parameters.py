"""It looks as if your function returns the parameters after a step. Return the gradients; the step belongs to the
training."""

# spreads: test_train_network

import numpy as np


def backprop_batch(X, y, W_1, b_1, w_2, b_2):
    Z_1, H, p = forward_batch(X, W_1, b_1, w_2, b_2)
    dL_dz2, dL_dZ1 = deltas(y, Z_1, p, w_2)
    dL_dw2 = dL_dz2 @ H
    dL_db2 = np.sum(dL_dz2, keepdims=True)
    dL_dW1 = X.T @ dL_dZ1
    dL_db1 = np.sum(dL_dZ1, axis=0)
    return W_1 - 0.1 * dL_dW1, b_1 - 0.1 * dL_db1, w_2 - 0.1 * dL_dw2, b_2 - 0.1 * dL_db2
