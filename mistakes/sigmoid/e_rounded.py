"""Your base is a rounded e, so the values are a little off: numpy knows e, and its exponential function, to full
precision."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return 1 / (1 + 2.7 ** (-1.0 * z))
