"""Your values are right, but they come back as one flat row. The result must have the shape of z."""


def sigmoid(z):
    return np.array([1 / (1 + np.exp(-value)) for value in np.array(z).flatten()])
