"""np.split at the batch boundaries; in-place updates of its own arrays."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.RandomState(seed)
    w_1 = np.ones(2)
    b_1 = np.ones(1)
    for _ in range(epochs):
        for batch in np.split(rng.permutation(len(X)), range(batch_size, len(X), batch_size)):
            dL_dw1, dL_db1 = gradients(X[batch], y[batch], w_1, b_1)
            w_1 -= lr * dL_dw1
            b_1 -= lr * dL_db1
    return w_1, b_1
