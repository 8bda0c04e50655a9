"""Finds the root of the polynomial w x + b."""


def activation_point(w, b):
    return np.roots([w, b])[0]
