"""Your dL_dz2 contains the slope of the sigmoid once too often. In Lab 4 this factor cancelled against the
cross-entropy."""

# spreads: test_backprop_batch_dL_db2, test_backprop_batch_dL_dw2, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network

import numpy as np


def deltas(y, Z_1, p, w_2):
    dL_dz2 = (p - y) * p * (1 - p) / len(y)
    dL_dZ1 = np.outer(dL_dz2, w_2) * tanh_derivative(Z_1)
    return dL_dz2, dL_dZ1
