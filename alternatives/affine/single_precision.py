"""Works in float32."""


def affine(x, w, b):
    return np.float32(w) * np.asarray(x, dtype=np.float32) + np.float32(b)
