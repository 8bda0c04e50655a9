"""The shape is right but the numbers are in the wrong places: it looks as if you used reshape, which keeps the elements
in the same order. Turning rows into columns is a transposition."""
# spreads: test_network


def hidden_layer(x, w, b):
    h = np.array([sigmoid(w[j] * x + b[j]) for j in range(len(w))])
    return h.reshape(len(x), len(w))
