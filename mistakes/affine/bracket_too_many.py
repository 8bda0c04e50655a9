"""Your bias is multiplied by the weight. Multiply x by the weight first, then add the bias."""
# spreads: test_perceptron


def affine(x, w, b):
    return w * (x + b)
