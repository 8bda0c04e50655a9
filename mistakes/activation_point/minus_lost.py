"""Your point lies on the wrong side of zero: check the sign when you bring the bias to the other side."""


def activation_point(w, b):
    return b / w
