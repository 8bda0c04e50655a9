"""It looks as if you return the hyperbolic tangent, which runs from -1 to 1. The sigmoid runs from 0 to 1, so use its
own formula."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return np.tanh(z)
