"""It looks as if the gradients are computed once, before the loop, so every step repeats the first one. They change
with the parameters and the batch: compute them in each step."""

# spreads: test_test_accuracy

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    order = rng.permutation(len(X))
    dL_dw1, dL_db1 = gradients(X[order[:batch_size]], y[order[:batch_size]], w_1, b_1)
    for _ in range(epochs):
        for first in range(0, len(X), batch_size):
            w_1 = w_1 - lr * dL_dw1
            b_1 = b_1 - lr * dL_db1
    return w_1, b_1
