"""It looks as if dL_dw1 lacks its last factor: the derivative of z_1_2 = w_1 x + b_1 with respect to w_1 is not 1. You
cannot see this at x = 1, so try another x."""

# fails: test_backprop_dL_dw1
# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    dL_dw1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2)
    dL_db1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2)
    dL_dw2 = 2 * (z_3 - y) * h_1_2
    dL_db2 = 2 * (z_3 - y)
    return dL_dw1, dL_db1, dL_dw2, dL_db2
