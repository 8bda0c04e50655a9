"""Each layer is a callable object; the output is a 0-d array, and a warning goes to stderr."""

import warnings

import numpy as np


class Layer:
    def __init__(self, weights, bias):
        self.weights = np.atleast_2d(weights)
        self.bias = np.atleast_1d(bias)

    def __call__(self, inputs):
        return self.weights @ np.atleast_1d(inputs) + self.bias


def forward(x, w_1, b_1, w_2, b_2):
    warnings.warn("forward was called", stacklevel=1)
    hidden = Layer(np.reshape(w_1, (-1, 1)), b_1)
    output = Layer(w_2, b_2)
    z = hidden(x)
    h = sigmoid(z)
    return z, h, np.squeeze(output(h))
