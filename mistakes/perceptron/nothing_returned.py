"""Your function computes, or prints, but hands nothing back, so whoever calls it gets None: end it with a return."""


def perceptron(x, w, b):
    z = affine(x, w, b)
    h = sigmoid(z)
