"""Your training starts from zeros, where the two hidden neurons are equal and stay equal. Use the start values of the
task."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.zeros(2), np.zeros(2), np.zeros(2), np.zeros(1))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
