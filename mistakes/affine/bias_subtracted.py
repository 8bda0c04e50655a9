"""Your bias has the wrong sign: it is added, also when it is a negative number."""
# spreads: test_perceptron


def affine(x, w, b):
    return w * x - b
