"""An if can decide about one number only, and z may be an array with both signs in it: use a formula that holds for
every z, or choose element by element with numpy."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    else:
        return np.exp(z) / (1 + np.exp(z))
