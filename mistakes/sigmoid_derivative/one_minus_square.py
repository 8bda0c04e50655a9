"""It looks as if you used the formula for tanh, one minus the square, with the sigmoid in it. The sigmoid's derivative
has a formula of its own: check it at z = 0, where the slope is 1/4."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train


def sigmoid_derivative(z):
    return 1 - sigmoid(z) ** 2
