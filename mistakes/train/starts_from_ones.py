"""It looks as if all your parameters start at 1. Neurons that start equal get equal gradients and stay equal: check the
signs of the start values."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.ones(2), np.ones(2), np.ones(2), np.ones(1))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
