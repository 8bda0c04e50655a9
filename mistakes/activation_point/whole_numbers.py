"""Your point is cut to a whole number: two slashes divide and round down, one slash divides."""


def activation_point(w, b):
    return -b // w
