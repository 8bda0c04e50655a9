"""With seed = 0 your results cannot be repeated, as if no seed were set: 0 counts as false in a condition. Set the seed
without asking whether it is there."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    if seed:
        np.random.seed(seed)
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    for epoch in range(epochs):
        order = np.random.permutation(len(X))
        for first in range(0, len(X), batch_size):
            batch = order[first : first + batch_size]
            dL_dw1, dL_db1 = gradients(X[batch], y[batch], w_1, b_1)
            w_1, b_1 = w_1 - lr * dL_dw1, b_1 - lr * dL_db1
    return w_1, b_1
