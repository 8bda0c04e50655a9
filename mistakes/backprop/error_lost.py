"""Your gradients depend only on the sign of z_3 - y, not on its size: that is the derivative of the absolute error. The
loss here is the squared error."""

# spreads: test_train

import numpy as np


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    error = np.sign(z_3 - y)
    delta = error * w_2 * sigmoid_derivative(z_1_2)
    return delta * x, delta, error * h_1_2, error
