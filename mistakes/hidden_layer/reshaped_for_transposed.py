"""The shape is right but the numbers are scrambled: reshape only deals the same sequence out into other rows, turning
rows into columns is a transposition."""
# spreads: test_network


def hidden_layer(x, w, b):
    h = np.array([sigmoid(w[j] * x + b[j]) for j in range(len(w))])
    return h.reshape(len(x), len(w))
