"""Copies of the start values are changed in place."""

import numpy as np


def train_network(X, y, parameters, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    copies = [np.array(value, dtype=float) for value in parameters]
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            batch = order[first : first + batch_size]
            gradients = backprop_batch(X[batch], y[batch], *copies)
            for value, gradient in zip(copies, gradients):
                value -= lr * np.reshape(gradient, value.shape)
    return copies
