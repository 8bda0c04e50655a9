"""Your biases are multiplied by x. Multiply x by the weights first, then add b."""
# spreads: test_network


def hidden_layer(x, w, b):
    return sigmoid(np.outer(x, w + b))
