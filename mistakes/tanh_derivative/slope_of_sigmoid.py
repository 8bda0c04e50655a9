"""Your slope is that of the sigmoid: it is 1/4 at z = 0. The hidden neurons of this lab have the tanh: differentiate
that."""

# spreads: test_deltas_dL_dZ1, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network


def tanh_derivative(z):
    h = sigmoid(z)
    return h * (1 - h)
