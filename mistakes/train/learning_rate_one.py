"""Your result does not depend on the learning rate: it looks as if the steps are not scaled. Use the argument lr."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = tuple(p - g for p, g in zip(parameters, gradients))
    return parameters
