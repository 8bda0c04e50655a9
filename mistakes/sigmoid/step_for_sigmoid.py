"""Your function jumps from 0 to 1: that is the step function of the first perceptrons. The sigmoid rises smoothly and
is 1/2 at z = 0."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    return np.where(z > 0, 1.0, 0.0)
