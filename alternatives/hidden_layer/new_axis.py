"""x made a column with np.newaxis, the rest by broadcasting."""


def hidden_layer(x, w, b):
    x = np.asarray(x)
    return sigmoid(x[:, np.newaxis] * w + b)
