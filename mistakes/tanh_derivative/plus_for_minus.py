"""Your slope grows away from 0, up to 2. The tanh gets flatter there: check the sign between the two terms."""

# spreads: test_deltas_dL_dZ1, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network

import numpy as np


def tanh_derivative(z):
    return 1 + np.tanh(z) ** 2
