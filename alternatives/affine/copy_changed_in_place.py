"""Changes a copy of the array in place and leaves the caller's array unchanged."""


def affine(x, w, b):
    z = np.array(x, dtype=float)
    z *= w
    z += b
    return z
