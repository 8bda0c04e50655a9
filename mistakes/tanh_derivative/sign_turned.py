"""Your slope is negative, with the right size. The tanh rises everywhere: check the order of the two terms."""

# spreads: test_deltas_dL_dZ1, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network

import numpy as np


def tanh_derivative(z):
    return np.tanh(z) ** 2 - 1
