"""It looks as if each step uses the mean gradient of all points. That is gradient descent, but not stochastic gradient
descent: use a single random x in each step."""

import numpy as np


def train(X, N, lr, seed):
    w_1, b_1, w_2, b_2 = np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0])
    for _ in range(N):
        z = np.outer(X, w_1) + b_1
        h = sigmoid(z)
        delta = 2 * (h @ w_2 + b_2 - gaussian(X)) / len(X)
        back = np.outer(delta, w_2) * sigmoid_derivative(z)
        w_1 = w_1 - lr * X @ back
        b_1 = b_1 - lr * back.sum(axis=0)
        w_2 = w_2 - lr * delta @ h
        b_2 = b_2 - lr * delta.sum()
    return w_1, b_1, w_2, b_2
