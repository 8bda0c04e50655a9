"""w and b have changed places on their way through your function: compare the order of the arguments in your call with
the order in which the function was defined."""


def perceptron(x, w, b):
    return sigmoid(affine(x, b, w))
