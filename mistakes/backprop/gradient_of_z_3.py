"""Your function returns the derivatives of z_3, not of the loss. All four lack the first factor of the chain rule, the
derivative of (z_3 - y)^2 with respect to z_3."""

# spreads: test_train

import numpy as np


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    dL_db1 = w_2 * sigmoid_derivative(z_1_2)
    return dL_db1 * x, dL_db1, h_1_2, np.ones(1)
