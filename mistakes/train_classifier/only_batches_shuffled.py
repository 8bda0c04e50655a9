"""The same points share a batch in every epoch: you shuffle the batches, not the points. Put the points into a random order
before you cut it into batches."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    for epoch in range(epochs):
        order = np.arange(len(X))
        for first in rng.permutation(np.arange(0, len(X), batch_size)):
            batch = order[first : first + batch_size]
            dL_dw1, dL_db1 = gradients(X[batch], y[batch], w_1, b_1)
            w_1, b_1 = w_1 - lr * dL_dw1, b_1 - lr * dL_db1
    return w_1, b_1
