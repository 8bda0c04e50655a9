"""Your slope is negative everywhere, although the sigmoid always rises. Check the order of the subtraction, or the
minus sign from the chain rule."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train


def sigmoid_derivative(z):
    h = sigmoid(z)
    return h * (h - 1)
