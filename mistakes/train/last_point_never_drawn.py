"""The last point of X is never drawn. Check the upper end of your random index: NumPy leaves it out by itself."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for k in range(N):
        x = X[rng.integers(0, max(len(X) - 1, 1))]
        parameters = update(parameters, backprop(x, gaussian(x), *parameters), lr)
    return parameters
