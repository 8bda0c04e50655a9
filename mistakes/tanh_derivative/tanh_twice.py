"""It looks as if the tanh is applied twice. The argument is z, before the activation: apply the tanh once."""

# spreads: test_deltas_dL_dZ1, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network

import numpy as np


def tanh_derivative(z):
    h = np.tanh(z)
    return 1 - np.tanh(h) ** 2
