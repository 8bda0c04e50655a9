"""x is passed in the place of another argument: the affine part was defined with x first, then the weight, then the
bias, and must be called in that order."""


def perceptron(x, w, b):
    return sigmoid(affine(w, b, x))
