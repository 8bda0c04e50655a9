"""You seem to return the hyperbolic tangent, which runs from -1 to 1: the sigmoid runs from 0 to 1, so write out its
own formula."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return np.tanh(z)
