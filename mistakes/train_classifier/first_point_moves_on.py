"""The seed and the epoch only decide which point comes first; the others follow in their old order. Put the points into a
random order."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    for epoch in range(epochs):
        order = np.roll(np.arange(len(X)), -(seed + epoch))
        for first in range(0, len(X), batch_size):
            batch = order[first : first + batch_size]
            dL_dw1, dL_db1 = gradients(X[batch], y[batch], w_1, b_1)
            w_1, b_1 = w_1 - lr * dL_dw1, b_1 - lr * dL_db1
    return w_1, b_1
