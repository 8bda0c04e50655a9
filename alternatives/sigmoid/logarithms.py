"""The exponential of a negative softplus, which never overflows."""


def sigmoid(z):
    return np.exp(-np.logaddexp(0, np.negative(z)))
