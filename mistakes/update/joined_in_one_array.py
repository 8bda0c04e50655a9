"""The numbers are right, but they are joined in one long array. Return four separate parameters, each in its own
shape."""

# spreads: test_train

import numpy as np


def update(parameters, gradients, lr):
    return np.concatenate([p - lr * g for p, g in zip(parameters, gradients)])
