"""Your result does not depend on b. Each neuron adds its own bias before the activation."""
# spreads: test_network


def hidden_layer(x, w, b):
    return sigmoid(np.outer(x, w))
