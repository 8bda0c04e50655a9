"""Beyond some number of epochs your training stops early. `epochs` is the number of passes, however large it is: look for a
limit on it in your code."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    for epoch in range(min(epochs, 100)):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            batch = order[first : first + batch_size]
            dL_dw1, dL_db1 = gradients(X[batch], y[batch], w_1, b_1)
            w_1, b_1 = w_1 - lr * dL_dw1, b_1 - lr * dL_db1
    return w_1, b_1
