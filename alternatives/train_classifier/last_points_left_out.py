"""Full batches only: the points that are left over take part again in the next epoch."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    for _ in range(epochs):
        perm = rng.permutation(len(X))
        X_mixed, y_mixed = X[perm], y[perm]
        for batch_id in range(int(len(X) / batch_size)):
            x_batch = X_mixed[batch_id * batch_size : (batch_id + 1) * batch_size]
            y_batch = y_mixed[batch_id * batch_size : (batch_id + 1) * batch_size]
            h_1 = predict_proba(x_batch, w_1, b_1)
            w_1 -= lr * ((h_1 - y_batch) @ x_batch)
            b_1 -= lr * sum(h_1 - y_batch)
    return w_1, b_1
