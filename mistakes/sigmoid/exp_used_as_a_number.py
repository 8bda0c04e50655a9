"""You raise np.exp itself to a power, but np.exp is a function: give it the exponent in brackets."""

def sigmoid(z):
    return 1 / (1 + np.exp ** (-z))
