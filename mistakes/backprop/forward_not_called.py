"""It looks as if your gradients use the notebook's z_1_2, h_1_2 and z_3, which belong to x = 1 and the start values.
Call forward inside backprop, with the arguments of backprop."""

# spreads: test_train

import numpy as np

z_1_2, h_1_2, z_3 = forward(1.0, np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))


def backprop(x, y, w_1, b_1, w_2, b_2):
    dL_dz3 = 2 * (z_3 - y)
    dL_dz12 = dL_dz3 * w_2 * sigmoid_derivative(z_1_2)
    return dL_dz12 * x, dL_dz12, dL_dz3 * h_1_2, dL_dz3
