"""It looks as if x stays at 1, its value earlier in the lab, whatever X holds. Draw an x from X in each step."""

import numpy as np


def train(X, N, lr, seed):
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    x = 1.0
    for _ in range(N):
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
