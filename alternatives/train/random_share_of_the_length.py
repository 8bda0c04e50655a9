"""The global generator of NumPy, and a random float that is turned into a position."""

import numpy as np


def train(X, N, lr, seed):
    np.random.seed(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for k in range(N):
        x = X[int(np.random.rand() * len(X))]
        parameters = update(parameters, backprop(x, gaussian(x), *parameters), lr)
    return parameters
