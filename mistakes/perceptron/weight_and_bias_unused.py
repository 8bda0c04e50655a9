"""Your output is the same for every w and b: send x through the affine part before the activation."""


def perceptron(x, w, b):
    return sigmoid(x)
