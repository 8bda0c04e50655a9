"""Your curve falls where the sigmoid rises. Look at the sign of the exponent."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return 1 / (1 + np.exp(z))
