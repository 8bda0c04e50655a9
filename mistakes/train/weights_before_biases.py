"""Your parameters are right, but they come in another order: the weights of both layers first, then the biases. Return
them in the order of the task."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        parameters = update(parameters, backprop(x, gaussian(x), *parameters), lr)
    w_1, b_1, w_2, b_2 = parameters
    return w_1, w_2, b_1, b_2
