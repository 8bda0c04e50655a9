"""Your z_3 is a 2 by 2 matrix: an outer product pairs every hidden output with every weight. The output is one number,
in which each hidden output is multiplied by its own weight only."""

# spreads: test_backprop_dL_db1, test_backprop_dL_db2, test_backprop_dL_dw1, test_backprop_dL_dw2, test_train

import numpy as np


def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = w_1 * x + b_1
    h_1_2 = sigmoid(z_1_2)
    z_3 = np.outer(h_1_2, w_2) + b_2
    return z_1_2, h_1_2, z_3
