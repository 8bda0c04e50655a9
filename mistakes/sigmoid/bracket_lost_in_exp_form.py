"""Python divides before it adds, so the 1 is all that is below your fraction line. Put brackets around the whole
denominator, and mind that this form overflows for large z."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return np.exp(z) / 1 + np.exp(z)
