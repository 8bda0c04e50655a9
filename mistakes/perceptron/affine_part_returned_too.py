"""Your function returns two values, z and the output. Return only the output."""


def perceptron(x, w, b):
    z = affine(x, w, b)
    h = sigmoid(z)
    return z, h
