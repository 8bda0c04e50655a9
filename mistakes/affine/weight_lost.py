"""Your result does not depend on w: x has to be weighted before the bias is added."""
# spreads: test_perceptron


def affine(x, w, b):
    return x + b
