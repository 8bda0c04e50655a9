"""It looks as if you return z(1 - z), with z where the formula needs the value of the sigmoid. Compute the sigmoid of z
first, and use its value in the formula."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train


def sigmoid_derivative(z):
    return z * (1 - z)
