"""Changes an array in place, but its own copy and not the caller's."""


def affine(x, w, b):
    z = np.array(x, dtype=float)
    z *= w
    z += b
    return z
