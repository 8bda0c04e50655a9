"""It looks as if the target y belongs to a different draw than x. Draw x once per step, and compute y from that x."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        y = gaussian(rng.choice(X))
        gradients = backprop(x, y, *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
