"""One line of NumPy that overflows internally for very negative z, warns, and still returns 0."""


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))
