"""You return two things, z and the output: return the output alone."""


def perceptron(x, w, b):
    z = affine(x, w, b)
    h = sigmoid(z)
    return z, h
