"""Your function computes, or prints, but hands nothing back, so whoever calls it gets None: end it with a return."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    h = 1 / (1 + np.exp(-z))
    print(h)
