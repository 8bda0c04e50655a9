"""Your values lie between 0 and 1: the activation is applied already, but this function is only the step before it."""
# spreads: test_perceptron


def affine(x, w, b):
    return sigmoid(w * x + b)
