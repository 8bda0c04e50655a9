"""Your result does not depend on b. An affine transformation also adds the bias."""
# spreads: test_perceptron


def affine(x, w, b):
    return w * x
