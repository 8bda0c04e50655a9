"""np.random.seed, a random index, and in-place updates of its own arrays; returns a list."""

import numpy as np


def train(X, N, lr, seed):
    np.random.seed(seed)
    parameters = [np.array([1.0, -1.0]), np.ones(2), np.array([1.0, -1.0]), np.ones(1)]
    step = 0
    while step < N:
        x = X[np.random.randint(0, len(X))]
        for parameter, gradient in zip(parameters, backprop(x, gaussian(x), *parameters)):
            parameter -= lr * gradient
        step += 1
    return parameters
