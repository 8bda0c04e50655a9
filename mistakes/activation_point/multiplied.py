"""You multiply by the weight: to get x alone you have to undo the product with w."""


def activation_point(w, b):
    return -b * w
