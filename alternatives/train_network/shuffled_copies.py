"""Shuffles copies of the points and classes, and cuts them into pieces."""

import numpy as np


def train_network(X, y, parameters, epochs, batch_size, lr, seed):
    draw = np.random.RandomState(seed)
    W_1, b_1, w_2, b_2 = parameters
    for _ in range(epochs):
        order = draw.permutation(X.shape[0])
        points, classes = X[order], y[order]
        borders = range(batch_size, len(points), batch_size)
        for some, theirs in zip(np.split(points, borders), np.split(classes, borders)):
            slopes = backprop_batch(some, theirs, W_1, b_1, w_2, b_2)
            W_1, b_1, w_2, b_2 = (p - lr * s for p, s in zip((W_1, b_1, w_2, b_2), slopes))
    return W_1, b_1, w_2, b_2
