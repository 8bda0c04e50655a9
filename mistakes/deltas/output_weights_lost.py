"""Your dL_dZ1 does not depend on w_2. A hidden neuron reaches the loss through its output weight only."""

# fails: test_deltas_dL_dZ1
# spreads: test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network

import numpy as np


def deltas(y, Z_1, p, w_2):
    dL_dz2 = (p - y) / len(y)
    dL_dZ1 = np.outer(dL_dz2, np.ones(len(w_2))) * tanh_derivative(Z_1)
    return dL_dz2, dL_dZ1
