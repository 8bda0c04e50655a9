"""It looks as if your function returns the loss of each step. The losses are worth plotting, but the task asks for the
four parameters."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    parameters = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    losses = []
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, gaussian(x), *parameters)
        parameters = update(parameters, gradients, lr)
        losses.append(mse(gaussian(x), forward(x, *parameters)[2]))
    return losses
