"""Binds the name z to a new array, which leaves the caller's array unchanged."""


def sigmoid(z):
    z = -z
    z = np.exp(z)
    return 1 / (1 + z)
