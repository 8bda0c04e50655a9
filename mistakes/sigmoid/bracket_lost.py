"""Python divides before it adds, so your fraction ends after its first number: put brackets around the whole
denominator."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return 1 / 1 + np.exp(-z)
