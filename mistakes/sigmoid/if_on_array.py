"""Your function fails for an array: an if can test only a single True or False, and z may hold both signs. Use a
formula that holds for every z, or choose element by element with NumPy."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    else:
        return np.exp(z) / (1 + np.exp(z))
