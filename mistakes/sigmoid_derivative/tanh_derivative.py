"""Your function returns the slope of tanh, which is 1 at z = 0. The slope of the sigmoid is at most 1/4: use the
derivative of the sigmoid."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train

import numpy as np


def sigmoid_derivative(z):
    return 1 - np.tanh(z) ** 2
