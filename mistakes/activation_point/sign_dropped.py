"""Your point is never negative. The activation point can also lie to the left of zero, so keep the sign that your
equation gives."""


def activation_point(w, b):
    return abs(b / w)
