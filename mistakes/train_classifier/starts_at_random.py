"""With 0 epochs your function does not return the start values of the task: it looks as if the training starts from
random values. Use the given ones, so that results can be compared."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    w_1, b_1 = rng.normal(size=2), rng.normal(size=1)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            batch = order[first : first + batch_size]
            dL_dw1, dL_db1 = gradients(X[batch], y[batch], w_1, b_1)
            w_1 = w_1 - lr * dL_dw1
            b_1 = b_1 - lr * dL_db1
    return w_1, b_1
