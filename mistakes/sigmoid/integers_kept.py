"""Your result is cut to whole numbers when z holds integers: it looks as if the result array takes its type from z.
Make the result an array of floats."""


def sigmoid(z):
    h = np.zeros_like(z)
    h[...] = 1 / (1 + np.exp(-z))
    return h
