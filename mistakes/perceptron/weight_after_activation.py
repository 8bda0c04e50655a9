"""It looks as if the weight multiplies what comes out of the activation. Weight and bias both belong before it."""


def perceptron(x, w, b):
    return w * sigmoid(x + b)
