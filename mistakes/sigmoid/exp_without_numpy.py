"""Python does not know the name of your exponential function: numpy's functions are called with np. in front."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return 1 / (1 + exp(-z))
