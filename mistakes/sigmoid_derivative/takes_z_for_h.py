"""It looks as if you used z where the formula needs the sigmoid's value: your result is z(1 - z). Compute the
sigmoid of z first, and build the slope from that."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train


def sigmoid_derivative(z):
    return z * (1 - z)
