"""Your result does not depend on the batch size: it looks as if each step uses all points. Split them into batches of
batch_size points."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    for _ in range(epochs):
        dL_dw1, dL_db1 = gradients(X, y, w_1, b_1)
        w_1 = w_1 - lr * dL_dw1
        b_1 = b_1 - lr * dL_db1
    return w_1, b_1
