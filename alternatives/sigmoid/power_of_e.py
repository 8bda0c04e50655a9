"""e to the power of -z, with the parentheses that it needs; warns when z is far below zero."""


def sigmoid(z):
    return 1 / (1 + np.e ** (-np.asarray(z, dtype=float)))
