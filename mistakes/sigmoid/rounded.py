"""Your values are rounded. Return them unrounded, and round only when you print."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return np.round(1 / (1 + np.exp(-z)), 2)
