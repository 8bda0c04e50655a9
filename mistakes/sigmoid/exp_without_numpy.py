"""Python does not know the name of your exponential function. Write np. in front of a NumPy function."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return 1 / (1 + exp(-z))
