"""Your point is rounded: return it as it is, rounding is only for printing."""


def activation_point(w, b):
    return round(-b / w, 1)
