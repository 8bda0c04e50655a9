"""All four gradients are half of what they should be. Differentiating the square (z_3 - y)^2 gives a factor that is
missing at the start of your chain."""

# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    error = z_3 - y
    dL_dw1 = error * w_2 * sigmoid_derivative(z_1_2) * x
    dL_db1 = error * w_2 * sigmoid_derivative(z_1_2)
    dL_dw2 = error * h_1_2
    dL_db2 = error
    return dL_dw1, dL_db1, dL_dw2, dL_db2
