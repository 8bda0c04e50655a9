"""Your three values are right, but they come in reverse order. Return them in the order in which they are computed."""

# spreads: test_backprop_dL_db1, test_backprop_dL_db2, test_backprop_dL_dw1, test_backprop_dL_dw2, test_train


def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = w_1 * x + b_1
    h_1_2 = sigmoid(z_1_2)
    z_3 = h_1_2 @ w_2 + b_2
    return z_3, h_1_2, z_1_2
