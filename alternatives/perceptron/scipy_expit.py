"""SciPy's sigmoid."""

from scipy.special import expit


def perceptron(x, w, b):
    z = affine(x, w, b)
    return expit(z)
