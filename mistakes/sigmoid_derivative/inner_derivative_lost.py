"""It looks as if you differentiated 1 / (1 + exp(-z)) as a power and stopped there. The chain rule also needs the
derivative of the expression inside the parentheses."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train


def sigmoid_derivative(z):
    return sigmoid(z) ** 2
