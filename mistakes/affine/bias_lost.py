"""Your result does not depend on b: the bias still has to be added."""

def affine(x, w, b):
    return w * x
