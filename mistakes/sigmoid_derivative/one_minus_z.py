"""It looks as if one of the two factors is 1 - z. Both factors of the slope are made of the sigmoid's value, so z
stands only inside the sigmoid."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train


def sigmoid_derivative(z):
    return sigmoid(z) * (1 - z)
