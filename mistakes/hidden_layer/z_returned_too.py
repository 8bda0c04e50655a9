"""Your function returns two values, z and the outputs. Return only the outputs."""
# spreads: test_network


def hidden_layer(x, w, b):
    z = np.outer(x, w) + b
    return z, sigmoid(z)
