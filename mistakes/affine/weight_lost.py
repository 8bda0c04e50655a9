"""Your result does not depend on w. Multiply x by the weight before you add the bias."""
# spreads: test_perceptron


def affine(x, w, b):
    return x + b
