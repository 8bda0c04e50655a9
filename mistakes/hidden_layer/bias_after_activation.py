"""Your outputs leave the range from 0 to 1: it looks as if the biases are added after the activation. They belong
inside the sigmoid."""
# spreads: test_network


def hidden_layer(x, w, b):
    return sigmoid(np.outer(x, w)) + b
