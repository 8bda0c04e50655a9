"""Your output is the same for every w and b. Apply the affine transformation to x before the activation."""


def perceptron(x, w, b):
    return sigmoid(x)
