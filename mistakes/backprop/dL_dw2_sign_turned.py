"""Your dL_dw2 has the wrong sign: the difference in it is the wrong way round. Differentiate (z_3 - y)^2 with respect
to z_3 again and watch the sign."""

# fails: test_backprop_dL_dw2
# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    dL_dw1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2) * x
    dL_db1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2)
    dL_dw2 = 2 * (y - z_3) * h_1_2
    dL_db2 = 2 * (z_3 - y)
    return dL_dw1, dL_db1, dL_dw2, dL_db2
