"""You add the weight to x: a weight says how strongly x counts, so it multiplies."""
# spreads: test_perceptron


def affine(x, w, b):
    return w + x + b
