"""It looks as if only the 1 of your denominator is divided by, because Python divides before it adds. Put parentheses
around the whole denominator, and check that large z do not overflow."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return np.exp(z) / 1 + np.exp(z)
