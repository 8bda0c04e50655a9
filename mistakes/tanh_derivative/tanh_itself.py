"""Your function returns the tanh, not its slope. Differentiate it."""

# spreads: test_deltas_dL_dZ1, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network

import numpy as np


def tanh_derivative(z):
    return np.tanh(z)
