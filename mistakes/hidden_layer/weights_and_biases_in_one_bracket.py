"""Your biases are multiplied by x as well: the product of x and w comes first, b is added to it afterwards."""
# spreads: test_network


def hidden_layer(x, w, b):
    return sigmoid(np.outer(x, w + b))
