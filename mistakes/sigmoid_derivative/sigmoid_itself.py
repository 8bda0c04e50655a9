"""Your function returns the sigmoid itself, which is the height of the curve at z. The task asks for its slope: look at
the formula of the derivative again."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train


def sigmoid_derivative(z):
    return sigmoid(z)
