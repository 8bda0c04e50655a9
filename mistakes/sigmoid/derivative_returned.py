"""Your curve is a bump that is highest at 0 and vanishes on both sides, which is the sigmoid's derivative: here the
sigmoid itself is asked for."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)
