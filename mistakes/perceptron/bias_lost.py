"""Your output does not depend on b: the bias has to be added before the activation."""


def perceptron(x, w, b):
    return sigmoid(w * x)
