"""You raise x to the power w: a star more or less makes the difference between a power and a product."""
# spreads: test_perceptron


def affine(x, w, b):
    return x**w + b
