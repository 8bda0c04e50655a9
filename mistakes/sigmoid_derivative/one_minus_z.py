"""It looks as if one of your two factors is 1 - z. Both factors of the slope are made from the value of the sigmoid; z
itself appears only inside the sigmoid."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train


def sigmoid_derivative(z):
    return sigmoid(z) * (1 - z)
