"""Your curve is a bump that peaks at z = 0 and vanishes on both sides: that is the derivative of the sigmoid. Return
the sigmoid itself."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)
