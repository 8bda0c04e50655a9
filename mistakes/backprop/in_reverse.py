"""Your gradients look right, but they come in reverse order. Return them in the order of the task."""

# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    dL_dz3 = 2 * (z_3 - y)
    dL_dw2 = dL_dz3 * h_1_2
    dL_db2 = dL_dz3
    dL_db1 = dL_dz3 * w_2 * sigmoid_derivative(z_1_2)
    dL_dw1 = dL_db1 * x
    return dL_db2, dL_dw2, dL_db1, dL_dw1
