"""It looks as if z itself is squared. The slope can be written with the output of the tanh, not with its input."""

# spreads: test_deltas_dL_dZ1, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network

import numpy as np


def tanh_derivative(z):
    return 1 - np.asarray(z) ** 2
