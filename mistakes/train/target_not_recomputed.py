"""It looks as if the target stays the one for x = 1 while x changes. Compute the target again for each x."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    y = gaussian(1.0)
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, y, *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
