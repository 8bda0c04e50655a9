"""It looks as if b_2 is added once for each hidden neuron. There is one output neuron with one bias: add it once, after
the sum."""

# spreads: test_backprop_dL_db1, test_backprop_dL_db2, test_backprop_dL_dw1, test_backprop_dL_dw2, test_train

import numpy as np


def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = w_1 * x + b_1
    h_1_2 = sigmoid(z_1_2)
    z_3 = np.sum(h_1_2 * w_2 + b_2)
    return z_1_2, h_1_2, z_3
