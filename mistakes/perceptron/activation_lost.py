"""Your output is only the affine part. Apply the activation function to it before you return it."""


def perceptron(x, w, b):
    return affine(x, w, b)
