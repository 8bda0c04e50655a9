"""It looks as if you apply the activation to x and weight the result. Weights and biases come first and the activation
comes last."""
# spreads: test_network


def hidden_layer(x, w, b):
    return np.outer(sigmoid(x), w) + b
