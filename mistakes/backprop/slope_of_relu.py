"""Your slope of the activation is 1 for positive and 0 for negative z_1_2, that of a ReLU. The hidden neurons have sigmoids:
use the slope of the sigmoid."""

# fails: test_backprop_dL_db1, test_backprop_dL_dw1
# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    dL_db2 = 2 * (z_3 - y)
    dL_db1 = dL_db2 * w_2 * (z_1_2 > 0)
    return dL_db1 * x, dL_db1, dL_db2 * h_1_2, dL_db2
