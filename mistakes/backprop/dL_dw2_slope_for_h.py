"""It looks as if dL_dw2 contains the slope of the sigmoid where its value belongs. There is no activation between w_2
and the output."""

# fails: test_backprop_dL_dw2
# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    dL_dw1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2) * x
    dL_db1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2)
    dL_dw2 = 2 * (z_3 - y) * sigmoid_derivative(z_1_2)
    dL_db2 = 2 * (z_3 - y)
    return dL_dw1, dL_db1, dL_dw2, dL_db2
