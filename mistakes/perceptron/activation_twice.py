"""Your output never leaves a narrow band between 0.5 and 0.74, because the activation is applied twice: once is
enough."""


def perceptron(x, w, b):
    h = sigmoid(affine(x, w, b))
    return sigmoid(h)
