"""It looks as if you use the matrix product, which needs arrays on both sides. w is a single number here, so an
ordinary product is enough."""
# spreads: test_perceptron


def affine(x, w, b):
    return x @ w + b
