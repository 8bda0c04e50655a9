"""Bisects an interval in which the affine part changes its sign."""


def activation_point(w, b):
    left, right = -1e6, 1e6
    for _ in range(200):
        middle = (left + right) / 2
        if (w * left + b) * (w * middle + b) <= 0:
            right = middle
        else:
            left = middle
    return middle
