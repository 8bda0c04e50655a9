"""It looks as if z went through the sigmoid twice, so you have the slope at h and not at z. Check how often the
sigmoid is applied."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train


def sigmoid_derivative(z):
    h = sigmoid(z)
    return sigmoid(h) * (1 - sigmoid(h))
