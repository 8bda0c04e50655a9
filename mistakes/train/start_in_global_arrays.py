"""A second call continues where the first one stopped: it looks as if the start values are created outside the function
and changed in place. Create them again in every call."""

import numpy as np


start_values = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *start_values)
        for parameter, gradient in zip(start_values, gradients):
            parameter -= lr * gradient
    return start_values
