"""Your curve falls where the sigmoid rises: look at the sign of the exponent."""

def sigmoid(z):
    return 1 / (1 + np.exp(z))
