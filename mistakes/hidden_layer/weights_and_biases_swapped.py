"""It looks as if w and b are swapped. The weights multiply x and the biases are added."""
# spreads: test_network


def hidden_layer(x, w, b):
    return sigmoid(np.outer(x, b) + w)
