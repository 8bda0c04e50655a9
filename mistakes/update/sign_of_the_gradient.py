"""All your steps are equally long: it looks as if only the sign of the gradient is used. Where the slope is steeper,
the step is longer."""

# spreads: test_train

import numpy as np


def update(parameters, gradients, lr):
    return tuple(p - lr * np.sign(g) for p, g in zip(parameters, gradients))
