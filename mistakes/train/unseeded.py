"""Two calls with the same seed give different parameters: the random generator does not get the seed. Without it,
nobody can repeat your training."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng()
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
