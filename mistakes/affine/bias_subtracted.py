"""Your bias has the wrong sign. The bias is always added, even if it is a negative number."""
# spreads: test_perceptron


def affine(x, w, b):
    return w * x - b
