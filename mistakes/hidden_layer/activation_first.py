"""You apply the activation to x and weight the result: weights and biases come first, the activation last."""
# spreads: test_network


def hidden_layer(x, w, b):
    return np.outer(sigmoid(x), w) + b
