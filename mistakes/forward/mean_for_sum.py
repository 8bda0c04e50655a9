"""It looks as if z_3 is a mean over the hidden neurons. A neuron sums its weighted inputs; it does not divide by their
number."""

# spreads: test_backprop_dL_db1, test_backprop_dL_db2, test_backprop_dL_dw1, test_backprop_dL_dw2, test_train

import numpy as np


def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = w_1 * x + b_1
    h_1_2 = sigmoid(z_1_2)
    z_3 = np.mean(h_1_2 * w_2) + b_2
    return z_1_2, h_1_2, z_3
