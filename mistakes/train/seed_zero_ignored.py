"""With seed = 0 your results cannot be repeated, as if no seed were set: 0 counts as false in a condition. Set the seed
without asking whether it is there."""

import numpy as np


def train(X, N, lr, seed):
    if seed:
        np.random.seed(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for k in range(N):
        x = np.random.choice(X)
        parameters = update(parameters, backprop(x, gaussian(x), *parameters), lr)
    return parameters
