"""A list comprehension, converted back to an array."""


def affine(x, w, b):
    return np.array([b + xi * w for xi in np.atleast_1d(x)])
