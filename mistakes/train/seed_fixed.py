"""Your result does not depend on the seed: it looks as if the random generator gets a fixed seed inside the function.
Use the argument seed."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(0)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
