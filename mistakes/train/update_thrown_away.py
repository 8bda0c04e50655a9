"""Your function returns the start values: it looks as if the result of update is not stored. update leaves the old
parameters unchanged, so assign what it returns."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        update(parameters, gradients, lr)
    return parameters
