"""Returns a 0-d array in float32, and prints."""


def activation_point(w, b):
    x = np.array(-b / w, dtype=np.float32)
    print("x =", x)
    return x
