"""Your point lies on the wrong side of zero. Check the sign when you move the bias to the other side of the
equation."""


def activation_point(w, b):
    return b / w
