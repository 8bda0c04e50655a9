"""Your output leaves the range from 0 to 1: it looks as if the bias is added after the activation. Weight and bias both
belong before it."""


def perceptron(x, w, b):
    return sigmoid(w * x) + b
