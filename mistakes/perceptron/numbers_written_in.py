"""Your output is the same for every w and b: numbers for them are written into the function, or taken from outside it. Use
the arguments that the caller passes."""


def perceptron(x, w, b):
    w = -2.5  # weight
    b = 1.0  # bias

    # Perceptron output
    z = affine(x, w, b)  # Affine transformation
    h = sigmoid(z)  # Sigmoid activation
    return h
