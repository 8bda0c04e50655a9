"""It looks as if w and b are swapped. Compare the order of the arguments in your call with the order of the parameters
in the function's definition."""


def perceptron(x, w, b):
    return sigmoid(affine(x, b, w))
