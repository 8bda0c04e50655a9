"""It looks as if you raise x to the power w. In Python ** is a power and * is a product."""
# spreads: test_perceptron


def affine(x, w, b):
    return x**w + b
