"""The seed has no influence: it looks as if the random generator always starts from the same number inside the
function. Use the seed that the function is given."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(0)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
