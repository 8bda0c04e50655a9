"""Your values lie between 0 and 1: it looks as if the activation is already applied. This function computes only the
affine part, before the activation."""
# spreads: test_perceptron


def affine(x, w, b):
    return sigmoid(w * x + b)
