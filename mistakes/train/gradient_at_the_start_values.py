"""It looks as if every gradient is computed at the start values, although the parameters have changed since. Pass the
current parameters to backprop."""

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
