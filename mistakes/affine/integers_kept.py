"""Your result has the type of x, so whole numbers in give whole numbers out and everything after the decimal point is
cut off: let the result be an array of floats."""


def affine(x, w, b):
    z = np.zeros_like(x)
    z[...] = w * x + b
    return z
