"""Your outputs go below 0, as tanh does. These neurons use the sigmoid."""
# spreads: test_network


def hidden_layer(x, w, b):
    return np.tanh(np.outer(x, w) + b)
