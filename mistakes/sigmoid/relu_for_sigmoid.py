"""It looks as if you return the larger of 0 and z, which is the activation called ReLU. The sigmoid stays between 0 and
1."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return np.maximum(0, z)
