"""Your bias is multiplied by the weight as well: the product comes first, the bias is added to it afterwards."""
# spreads: test_perceptron


def affine(x, w, b):
    return w * (x + b)
