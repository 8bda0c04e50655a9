"""The values are right, but your function changes the array that it was given, and the caller's next line works with
spoiled numbers: compute into a new name instead of using an operator such as *= on z."""
# spreads: test_plot_sig


def sigmoid(z):
    z *= -1
    return 1 / (1 + np.exp(z))
