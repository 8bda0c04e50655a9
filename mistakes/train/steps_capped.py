"""Beyond some number of steps your training stops early. N is the number of steps, however large it is: look for a limit on
it in your code."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for k in range(min(N, 5000)):
        x = rng.choice(X)
        parameters = update(parameters, backprop(x, gaussian(x), *parameters), lr)
    return parameters
