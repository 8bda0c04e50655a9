"""Your result does not depend on b: the bias still has to be added."""
# spreads: test_perceptron


def affine(x, w, b):
    return w * x
