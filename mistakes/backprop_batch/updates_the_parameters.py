"""The gradients are right, but your function also changes the parameters: `-=` writes into the caller's arrays.
Return the gradients only."""

# spreads: test_train_network

import numpy as np


def backprop_batch(X, y, W_1, b_1, w_2, b_2):
    Z_1, H, p = forward_batch(X, W_1, b_1, w_2, b_2)
    dL_dz2, dL_dZ1 = deltas(y, Z_1, p, w_2)
    dL_dw2, dL_db2 = dL_dz2 @ H, np.sum(dL_dz2, keepdims=True)
    dL_dW1, dL_db1 = X.T @ dL_dZ1, np.sum(dL_dZ1, axis=0)
    for parameter, gradient in zip((W_1, b_1, w_2, b_2), (dL_dW1, dL_db1, dL_dw2, dL_db2)):
        parameter -= 0.1 * gradient
    return dL_dW1, dL_db1, dL_dw2, dL_db2
