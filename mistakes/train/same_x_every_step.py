"""It looks as if every step uses the same point: x is drawn before the loop, or the random generator is created again
in each step. Draw a new x in each step, from one generator."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    x = rng.choice(X)
    for _ in range(N):
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
