"""Your function returns only one value for an array: it looks as if the return is inside the loop. Collect all values
first and return them after the loop."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    for value in z:
        h = 1 / (1 + np.exp(-value))
        return h
