"""With N = 0 you do not return the start values of the task: it looks as if your training starts at random. Use the
given ones, so that everyone can compare."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (rng.normal(size=2), rng.normal(size=2), rng.normal(size=2), rng.normal(size=1))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
