"""It looks as if you add up the neurons, which leaves one number per input. A layer returns the output of each neuron
separately."""
# spreads: test_network


def hidden_layer(x, w, b):
    h = sigmoid(np.outer(x, w) + b)
    return h.sum(axis=1)
