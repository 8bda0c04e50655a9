"""All neurons seem to use the first bias: each neuron has one of its own."""
# spreads: test_network


def hidden_layer(x, w, b):
    return sigmoid(np.outer(x, w) + b[0])
