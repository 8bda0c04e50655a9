"""Returns a column of shape (n, 1)."""


def perceptron(x, w, b):
    column = np.asarray(x, dtype=float).reshape(-1, 1)
    return sigmoid(column @ np.array([[w]]) + b)
