"""The mean of the gradients of batches of one point."""

import numpy as np


def backprop_batch(X, y, W_1, b_1, w_2, b_2):
    if len(X) > 1:
        single = [backprop_batch(X[i : i + 1], y[i : i + 1], W_1, b_1, w_2, b_2) for i in range(len(X))]
        return tuple(np.mean([gradients[k] for gradients in single], axis=0) for k in range(4))
    Z_1, H, p = forward_batch(X, W_1, b_1, w_2, b_2)
    out, hidden = deltas(y, Z_1, p, w_2)
    return np.outer(X[0], hidden[0]), hidden[0], out[0] * H[0], np.array([out[0]])
