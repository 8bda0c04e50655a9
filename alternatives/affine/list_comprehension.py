"""A list comprehension, made into an array again."""


def affine(x, w, b):
    return np.array([b + xi * w for xi in np.atleast_1d(x)])
