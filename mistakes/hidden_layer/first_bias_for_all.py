"""It looks as if every neuron uses the first bias. Each neuron has its own."""
# spreads: test_network


def hidden_layer(x, w, b):
    return sigmoid(np.outer(x, w) + b[0])
