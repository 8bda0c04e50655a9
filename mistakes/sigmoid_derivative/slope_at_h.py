"""It looks as if z goes through the sigmoid twice, which gives the slope at h instead of at z. Check how often you
apply the sigmoid."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train


def sigmoid_derivative(z):
    h = sigmoid(z)
    return sigmoid(h) * (1 - sigmoid(h))
