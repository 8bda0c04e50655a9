"""Your bias is multiplied by the weight as well: the product comes first, the bias is added to it afterwards."""

def affine(x, w, b):
    return w * (x + b)
