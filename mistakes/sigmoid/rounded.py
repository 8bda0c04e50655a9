"""Your values are rounded: return them as they are, rounding is only for printing."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return np.round(1 / (1 + np.exp(-z)), 2)
