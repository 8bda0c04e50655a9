"""Draws batches without replacement from the remaining points until none is left."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    weights = np.array([1.0, 1.0, 1.0])
    for _ in range(epochs):
        left = np.arange(len(X))
        while len(left) > 0:
            batch = rng.choice(left, size=min(batch_size, len(left)), replace=False)
            left = np.setdiff1d(left, batch)
            dL_dw1, dL_db1 = gradients(X[batch], y[batch], weights[:2], weights[2:])
            weights = weights - lr * np.append(dL_dw1, dL_db1)
    return weights[:2], weights[2:]
