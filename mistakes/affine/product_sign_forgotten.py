"""Python reads two letters written side by side as one new name: a product needs its own sign between them."""
# spreads: test_perceptron


def affine(x, w, b):
    return wx + b
