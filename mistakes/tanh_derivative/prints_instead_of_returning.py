"""Your function ends without a return statement, so its caller gets None. Return the slope; printing it is not
enough."""

# spreads: test_deltas_dL_dz2, test_deltas_dL_dZ1, test_backprop_batch_dL_db2, test_backprop_batch_dL_dw2, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network

import numpy as np


def tanh_derivative(z):
    print(1 - np.tanh(z) ** 2)
