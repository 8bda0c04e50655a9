"""Your result is the same for every w and b: it looks as if fixed values replace them, or as if they come from outside
the function. Use the arguments that the caller passes."""
# spreads: test_network


def hidden_layer(x, w, b):
    w = np.array([3.5, -3.5])
    b = np.array([3.5, 3.5])
    return sigmoid(np.outer(x, w) + b)
