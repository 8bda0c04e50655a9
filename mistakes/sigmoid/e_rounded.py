"""Your values are slightly off: it looks as if the base is a rounded value of e. Use NumPy's exponential function,
which is exact to full precision."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return 1 / (1 + 2.7 ** (-1.0 * z))
