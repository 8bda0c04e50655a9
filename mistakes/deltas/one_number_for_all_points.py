"""Your dL_dz2 is a single number, the same for all points. Each point has its own: do not sum or average yet."""

# spreads: test_backprop_batch_dL_db2, test_backprop_batch_dL_dw2, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network

import numpy as np


def deltas(y, Z_1, p, w_2):
    dL_dz2 = np.mean(p - y)
    return dL_dz2, dL_dz2 * w_2 * tanh_derivative(Z_1)
