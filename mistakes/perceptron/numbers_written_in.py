"""Your output is the same for every w and b: it looks as if fixed values replace them, or as if they come from outside
the function. Use the arguments that the caller passes."""


def perceptron(x, w, b):
    w = -2.5  # weight
    b = 1.0  # bias

    # Perceptron output
    z = affine(x, w, b)  # Affine transformation
    h = sigmoid(z)  # Sigmoid activation
    return h
