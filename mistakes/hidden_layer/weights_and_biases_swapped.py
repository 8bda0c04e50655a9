"""w and b have changed places: the weights multiply x, the biases are added."""
# spreads: test_network


def hidden_layer(x, w, b):
    return sigmoid(np.outer(x, b) + w)
