"""Your layer stops at z = w x + b: each neuron still has to send its z through the sigmoid."""
# spreads: test_network


def hidden_layer(x, w, b):
    return np.outer(x, w) + b
