"""Your point is rounded. Return it unrounded, and round only when you print."""


def activation_point(w, b):
    return round(-b / w, 1)
