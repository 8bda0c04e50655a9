"""Your steps go uphill, so the loss grows with each of them. A step goes against the gradient."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = tuple(p + lr * g for p, g in zip(parameters, gradients))
    return parameters
