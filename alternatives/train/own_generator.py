"""A hand-written random generator whose first numbers are close together for small seeds."""

import numpy as np


def train(X, N, lr, seed):
    state = seed
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        state = (1664525 * state + 1013904223) % 2**32
        x = X[state * len(X) // 2**32]
        parameters = update(parameters, backprop(x, gaussian(x), *parameters), lr)
    return parameters
