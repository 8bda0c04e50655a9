"""You add the bias after the activation, so your output leaves the range from 0 to 1: weight and bias both come
before it."""


def perceptron(x, w, b):
    return sigmoid(w * x) + b
