"""A scaled and shifted tanh."""


def sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))
