"""w is a single number here, and the matrix product needs arrays on both sides: an ordinary product is enough."""
# spreads: test_perceptron


def affine(x, w, b):
    return x @ w + b
