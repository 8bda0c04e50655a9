"""The matrix product of a column and a row."""


def hidden_layer(x, w, b):
    x = np.reshape(x, (-1, 1))
    w = np.reshape(w, (1, -1))
    return sigmoid(x @ w + b)
