"""It looks as if only the first term of your denominator is divided by, because Python divides before it adds. Put
parentheses around the whole denominator."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return 1 / 1 + np.exp(-z)
