"""Your output is the affine part alone: the perceptron sends it through the activation function before it returns
it."""


def perceptron(x, w, b):
    return affine(x, w, b)
