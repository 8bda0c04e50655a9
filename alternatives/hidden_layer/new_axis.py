"""np.newaxis turns x into a column; broadcasting does the rest."""


def hidden_layer(x, w, b):
    x = np.asarray(x)
    return sigmoid(x[:, np.newaxis] * w + b)
