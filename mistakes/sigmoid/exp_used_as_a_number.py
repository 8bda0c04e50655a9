"""It looks as if you raise np.exp itself to a power. np.exp is a function: call it with the exponent in parentheses."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return 1 / (1 + np.exp ** (-z))
