"""A loop over the points that returns a list."""


def affine(x, w, b):
    z = []
    for value in np.atleast_1d(x):
        z.append(w * value + b)
    return z
