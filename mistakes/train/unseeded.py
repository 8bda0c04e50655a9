"""Two calls with the same seed give different parameters: it looks as if the random generator is not seeded. Pass seed
to it, so that the training can be repeated."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng()
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
