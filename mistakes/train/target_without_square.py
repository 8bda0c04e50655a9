"""It looks as if your formula for the target does not square x. Use the lab's function gaussian."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, np.exp(-x), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
