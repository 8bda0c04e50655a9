"""It looks as if both hidden gradients lack one factor of the chain rule. The hidden neurons reach the output through
the weights w_2, so multiply by them."""

# fails: test_backprop_dL_dw1, test_backprop_dL_db1
# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    delta = 2 * (z_3 - y) * sigmoid_derivative(z_1_2)
    return delta * x, delta, 2 * (z_3 - y) * h_1_2, 2 * (z_3 - y)
