"""Your function ends without a return statement, so its caller gets None. Return the result; printing it is not
enough."""
# spreads: test_plot_sig, test_perceptron


def sigmoid(z):
    h = 1 / (1 + np.exp(-z))
    print(h)
