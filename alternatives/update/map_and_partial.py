"""map over a step made with functools.partial."""

import functools

import numpy as np


def step(lr, parameter, gradient):
    return np.add(parameter, np.multiply(-lr, gradient))


def update(parameters, gradients, lr):
    return tuple(map(functools.partial(step, lr), parameters, gradients))
