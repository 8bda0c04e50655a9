"""Your function returns one squared error per point. The task asks for a single number: the M in MSE stands for
mean."""


def mse(y, y_out):
    return (y - y_out) ** 2
