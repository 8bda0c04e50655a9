"""One line of numpy that overflows inside for very negative z, warns, and still gives 0."""


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))
