"""Your function is the slope of tanh, which is 1 at z = 0. The steepest slope of the sigmoid is 1/4: go back to the
sigmoid's own derivative."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train

import numpy as np


def sigmoid_derivative(z):
    return 1 - np.tanh(z) ** 2
