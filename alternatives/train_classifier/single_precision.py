"""Weights and bias in float32 throughout."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    w_1, b_1 = np.ones(2, dtype=np.float32), np.ones(1, dtype=np.float32)
    for _ in range(epochs):
        order = rng.choice(len(X), size=len(X), replace=False)
        for first in range(0, len(X), batch_size):
            batch = order[first : first + batch_size]
            dL_dw1, dL_db1 = gradients(X[batch], y[batch], w_1, b_1)
            w_1, b_1 = np.float32(w_1 - lr * dL_dw1), np.float32(b_1 - lr * dL_db1)
    return w_1, b_1
