"""Your fraction is upside down: divide by the number that multiplies x."""


def activation_point(w, b):
    return -w / b
