"""It looks as if the network learns to reproduce x. The target is the Gaussian at x."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, x, *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
