"""You return two things, z and the outputs: return the outputs alone."""
# spreads: test_network


def hidden_layer(x, w, b):
    z = np.outer(x, w) + b
    return z, sigmoid(z)
