"""Your result does not depend on the seed: it looks as if you go through X in order. Stochastic gradient descent draws
a random x in each step."""

import numpy as np


def train(X, N, lr, seed):
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for i in range(N):
        x = X[i % len(X)]
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
