"""Your values share out a total of 1 among the elements of z, which is the softmax: the sigmoid of one element does not
depend on the others."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return np.exp(z) / np.sum(np.exp(z))
