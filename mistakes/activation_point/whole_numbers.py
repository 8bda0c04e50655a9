"""Your point is rounded down to a whole number. In Python // divides and rounds down; a single slash divides."""


def activation_point(w, b):
    return -b // w
