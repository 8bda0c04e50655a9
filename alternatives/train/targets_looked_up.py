"""Computes the targets of all of X once and looks them up by index; prints its progress."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    targets = gaussian(np.asarray(X))
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for step, i in enumerate(rng.integers(0, len(X), N)):
        parameters = update(parameters, backprop(X[i], targets[i], *parameters), lr)
        if step % 10000 == 0:
            print("step", step, "loss", mse(targets[i], forward(X[i], *parameters)[2]))
    return parameters
