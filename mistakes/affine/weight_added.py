"""It looks as if you add the weight to x. The weight says how strongly x counts, so multiply by it."""
# spreads: test_perceptron


def affine(x, w, b):
    return w + x + b
