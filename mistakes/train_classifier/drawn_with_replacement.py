"""Your batches are drawn with replacement: in one epoch some points come twice and others not at all. Shuffle the points, so
that each has its turn once."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            batch = rng.integers(0, len(X), size=min(batch_size, len(X)))
            dL_dw1, dL_db1 = gradients(X[batch], y[batch], w_1, b_1)
            w_1, b_1 = w_1 - lr * dL_dw1, b_1 - lr * dL_db1
    return w_1, b_1
