"""Your return stands inside the loop, so the function ends after the first element: collect all results first and
return them after the loop."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    for value in z:
        h = 1 / (1 + np.exp(-value))
        return h
