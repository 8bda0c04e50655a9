"""NumPy's functions instead of the operators."""


def affine(x, w, b):
    return np.add(np.multiply(w, x), b)
