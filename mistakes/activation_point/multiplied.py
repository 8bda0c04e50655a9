"""It looks as if you multiply by the weight. To solve for x you have to undo the multiplication by w."""


def activation_point(w, b):
    return -b * w
