"""The seed only decides where you begin; from there your points follow at fixed distances. Draw each point at random."""

import numpy as np


def train(X, N, lr, seed):
    n = len(X)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for k in range(N):
        x = X[(seed + 37 * k) % n]
        parameters = update(parameters, backprop(x, gaussian(x), *parameters), lr)
    return parameters
