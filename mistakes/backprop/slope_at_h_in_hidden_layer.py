"""In both hidden gradients it looks as if the slope of the sigmoid is taken at h_1_2. The sigmoid received z_1_2, so
that is where its slope counts."""

# fails: test_backprop_dL_dw1, test_backprop_dL_db1
# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    delta = 2 * (z_3 - y) * w_2 * sigmoid_derivative(h_1_2)
    return delta * x, delta, 2 * (z_3 - y) * h_1_2, 2 * (z_3 - y)
