"""The network is a class that holds its parameters; a draw shuffles the indices and takes the first."""

import numpy as np


class Network:
    def __init__(self):
        self.parameters = [np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0])]

    def learn(self, x, y, lr):
        gradients = backprop(x, y, *self.parameters)
        self.parameters = [p - lr * g for p, g in zip(self.parameters, gradients)]


def train(X, N, lr, seed):
    rng = np.random.default_rng([seed, 101])
    positions = np.arange(len(X))
    network = Network()
    for _ in range(N):
        rng.shuffle(positions)
        x = X[positions[0]]
        network.learn(x, gaussian(x), lr)
    return tuple(network.parameters)
