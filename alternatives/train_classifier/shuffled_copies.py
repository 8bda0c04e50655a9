"""Shuffles copies of both arrays from the same state of the global random generator; the bias is a number."""

import numpy as np


def train_classifier(X, y, epochs, batch_size, lr, seed):
    np.random.seed(seed)
    X, y = X.copy(), y.copy()
    w_1, b_1 = np.array([1.0, 1.0]), 1.0
    for _ in range(epochs):
        state = np.random.get_state()
        np.random.shuffle(X)
        np.random.set_state(state)
        np.random.shuffle(y)
        for first in range(0, len(X), batch_size):
            x_batch = X[first : first + batch_size]
            error = sigmoid(x_batch @ w_1 + b_1) - y[first : first + batch_size]
            w_1, b_1 = w_1 - lr * error @ x_batch, b_1 - lr * error.sum()
    return w_1, b_1
