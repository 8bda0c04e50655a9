"""Your output does not depend on b. Add the bias before the activation."""


def perceptron(x, w, b):
    return sigmoid(w * x)
