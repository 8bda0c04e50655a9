"""Your result has the type of z, so whole numbers in give whole numbers out and everything after the decimal point is
cut off: let the result be an array of floats."""


def sigmoid(z):
    h = np.zeros_like(z)
    h[...] = 1 / (1 + np.exp(-z))
    return h
