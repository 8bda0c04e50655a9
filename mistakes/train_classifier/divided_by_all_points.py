"""Your steps are far too short: it looks as if the gradient is divided by the number of all points. In this lab the
gradient is the plain sum over the batch."""

# spreads: test_test_accuracy

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            batch = order[first : first + batch_size]
            dL_dw1, dL_db1 = gradients(X[batch], y[batch], w_1, b_1)
            w_1 = w_1 - lr * dL_dw1 / len(X)
            b_1 = b_1 - lr * dL_db1 / len(X)
    return w_1, b_1
