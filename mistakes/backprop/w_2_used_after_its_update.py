"""Both hidden gradients are slightly off: it looks as if w_2 is updated before they are computed. Compute all four
gradients with the same parameters; the update is a function of its own."""

# fails: test_backprop_dL_dw1, test_backprop_dL_db1
# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    lr = 0.01
    dL_dw2 = 2 * (z_3 - y) * h_1_2
    dL_db2 = 2 * (z_3 - y)
    w_2 = w_2 - lr * dL_dw2
    b_2 = b_2 - lr * dL_db2
    dL_dw1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2) * x
    dL_db1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2)
    return dL_dw1, dL_db1, dL_dw2, dL_db2
