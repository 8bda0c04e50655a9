"""Loops over every single number."""

import numpy as np


def update(parameters, gradients, lr):
    result = []
    for parameter, gradient in zip(parameters, gradients):
        pairs = zip(np.ravel(parameter), np.ravel(gradient))
        result.append(np.array([float(p) - float(lr) * float(g) for p, g in pairs]))
    return result
