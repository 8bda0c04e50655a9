"""It looks as if epochs counts single steps in your function. An epoch is one pass over all points, so it has many
steps."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    order = rng.permutation(len(X))
    first = 0
    for _ in range(epochs):
        batch = order[first : first + batch_size]
        dL_dw1, dL_db1 = gradients(X[batch], y[batch], w_1, b_1)
        w_1 = w_1 - lr * dL_dw1
        b_1 = b_1 - lr * dL_db1
        first = (first + batch_size) % len(X)
    return w_1, b_1
