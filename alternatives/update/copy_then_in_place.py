"""Copies first, then changes the copies in place."""

import copy


def update(parameters, gradients, lr):
    new_parameters = copy.deepcopy(list(parameters))
    for i in range(len(new_parameters)):
        new_parameters[i] -= lr * gradients[i]
    return tuple(new_parameters)
