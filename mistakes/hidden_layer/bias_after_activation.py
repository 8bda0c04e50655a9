"""You add the biases after the activation, so outputs leave the range from 0 to 1: they belong inside the sigmoid."""
# spreads: test_network


def hidden_layer(x, w, b):
    return sigmoid(np.outer(x, w)) + b
