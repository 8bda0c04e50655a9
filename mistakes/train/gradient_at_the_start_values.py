"""It looks as if every gradient is taken at the start values, though the parameters have moved on. Give backprop the
parameters as they are now."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    start = parameters
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *start)
        parameters = update(parameters, gradients, lr)
    return parameters
