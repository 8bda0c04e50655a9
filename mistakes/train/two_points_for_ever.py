"""Your training uses only two points of X, again and again. Draw from all of X in each step."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    pair = rng.choice(X, 2)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for k in range(N):
        x = rng.choice(pair)
        parameters = update(parameters, backprop(x, gaussian(x), *parameters), lr)
    return parameters
