"""Your gradients look right, but the two of the output layer are swapped: the gradient of the bias comes first. Return
them in the order of the task."""

# fails: test_backprop_dL_db2, test_backprop_dL_dw2
# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    dL_dz3 = 2 * (z_3 - y)
    dL_dw2 = dL_dz3 * h_1_2
    dL_db2 = dL_dz3
    dL_db1 = dL_dz3 * w_2 * sigmoid_derivative(z_1_2)
    dL_dw1 = dL_db1 * x
    return dL_dw1, dL_db1, dL_db2, dL_dw2
