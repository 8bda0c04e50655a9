"""Only one step is made, whatever N is: it looks as if the return stands inside the loop."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
        return parameters
