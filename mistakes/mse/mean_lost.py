"""Your function gives one squared error for each point. The task asks for a single number: look at the first letter
of MSE."""


def mse(y, y_out):
    return (y - y_out) ** 2
