"""It looks as if the product sign is missing: Python reads two letters written side by side as one new name. Write an
operator between them."""
# spreads: test_perceptron


def affine(x, w, b):
    return wx + b
