"""Your deltas have the wrong sign: the difference at the start is the wrong way round. Where p is too high, the loss
grows with p."""

# spreads: test_backprop_batch_dL_db2, test_backprop_batch_dL_dw2, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network

import numpy as np


def deltas(y, Z_1, p, w_2):
    dL_dz2 = (y - p) / len(y)
    dL_dZ1 = np.outer(dL_dz2, w_2) * tanh_derivative(Z_1)
    return dL_dz2, dL_dZ1
