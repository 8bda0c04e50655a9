"""Your layer stops at z = w x + b. Each neuron still has to apply the sigmoid to its z."""
# spreads: test_network


def hidden_layer(x, w, b):
    return np.outer(x, w) + b
