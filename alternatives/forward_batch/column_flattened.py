"""Works with columns, which are flattened at the end."""

import numpy as np


def forward_batch(X, W_1, b_1, w_2, b_2):
    Z_1 = np.dot(X, W_1) + np.reshape(b_1, (1, -1))
    H = np.tanh(Z_1)
    return Z_1, H, sigmoid(H @ np.reshape(w_2, (-1, 1)) + b_2).flatten()
