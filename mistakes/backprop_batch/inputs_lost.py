"""Your dL_dW1 is the same for every input: it looks as if the factor x is missing. The gradient of a weight contains
the input of that weight."""

# fails: test_backprop_batch_dL_dW1
# spreads: test_train_network

import numpy as np


def backprop_batch(X, y, W_1, b_1, w_2, b_2):
    Z_1, H, p = forward_batch(X, W_1, b_1, w_2, b_2)
    dL_dz2, dL_dZ1 = deltas(y, Z_1, p, w_2)
    dL_dw2 = dL_dz2 @ H
    dL_db2 = np.sum(dL_dz2, keepdims=True)
    dL_dW1 = np.ones(W_1.shape) * np.sum(dL_dZ1, axis=0)
    dL_db1 = np.sum(dL_dZ1, axis=0)
    return dL_dW1, dL_db1, dL_dw2, dL_db2
