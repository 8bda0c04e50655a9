"""With N = 0 your function does not return the start values of the task: it looks as if the training starts from random
values. Use the given ones, so that results can be compared."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (rng.normal(size=2), rng.normal(size=2), rng.normal(size=2), rng.normal(size=1))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
