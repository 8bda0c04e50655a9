"""You raise np.exp itself to a power, but np.exp is a function: give it the exponent in brackets."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return 1 / (1 + np.exp ** (-z))
