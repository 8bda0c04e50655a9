"""Your batches are all about the same size, as np.array_split makes them. Every batch except the last must hold
batch_size points: start a new one every batch_size points."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    for _ in range(epochs):
        for batch in np.array_split(rng.permutation(len(X)), int(np.ceil(len(X) / batch_size))):
            dL_dw1, dL_db1 = gradients(X[batch], y[batch], w_1, b_1)
            w_1 = w_1 - lr * dL_dw1
            b_1 = b_1 - lr * dL_db1
    return w_1, b_1
