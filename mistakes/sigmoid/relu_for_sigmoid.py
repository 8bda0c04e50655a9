"""You seem to return the larger of 0 and z, the activation called ReLU: the sigmoid stays between 0 and 1."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return np.maximum(0, z)
