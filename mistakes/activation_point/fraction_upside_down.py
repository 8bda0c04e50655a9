"""Your fraction is upside down: divide by the number that multiplies x. If the formula looks right, check the order of
the parameters: w comes first, then b."""


def activation_point(w, b):
    return -w / b
