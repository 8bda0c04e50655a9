"""Does not use the earlier exercises at all."""

import numpy as np


def backprop_batch(X, y, W_1, b_1, w_2, b_2):
    n = X.shape[0]
    H = np.tanh(X @ W_1 + b_1)
    error = (1 / (1 + np.exp(-(H @ w_2 + b_2))) - y).reshape(n, 1) / n
    hidden = error @ w_2.reshape(1, -1) * (1 - H * H)
    return X.T @ hidden, hidden.sum(axis=0), (H.T @ error).ravel(), error.sum()
