"""The values are right, but your function changes the array z that the caller passed in. Store the result under a new
name instead of using an in-place operator such as *= on z."""
# spreads: test_plot_sig


def sigmoid(z):
    z *= -1
    return 1 / (1 + np.exp(z))
