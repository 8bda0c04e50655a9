"""All your steps have the same length: it looks as if you use only the sign of the gradient. The step should be longer
where the slope is steeper."""

# spreads: test_train

import numpy as np


def update(parameters, gradients, lr):
    return tuple(p - lr * np.sign(g) for p, g in zip(parameters, gradients))
