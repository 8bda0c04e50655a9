"""You seem to return the larger of 0 and z, the activation called ReLU: the sigmoid stays between 0 and 1."""

def sigmoid(z):
    return np.maximum(0, z)
