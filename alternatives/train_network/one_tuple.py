"""All parameters stay in one tuple."""

import numpy as np


def train_network(X, y, parameters, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            batch = order[first : first + batch_size]
            gradients = backprop_batch(X[batch], y[batch], *parameters)
            parameters = tuple(p - lr * g for p, g in zip(parameters, gradients))
    return parameters
