"""Your slope of the activation is that of the tanh, one minus the square of its output. The hidden neurons have sigmoids: use
the slope of the sigmoid."""

# fails: test_backprop_dL_db1, test_backprop_dL_dw1
# spreads: test_train

import numpy as np


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    dL_db2 = 2 * (z_3 - y)
    dL_dw2 = dL_db2 * h_1_2
    dL_db1 = np.multiply(w_2 * dL_db2, 1 - np.power(h_1_2, 2))
    return dL_db1 * x, dL_db1, dL_dw2, dL_db2
