"""Your result is cut to whole numbers when x holds integers: it looks as if the result array takes its type from x.
Make the result an array of floats."""

# spreads: test_perceptron


def affine(x, w, b):
    z = np.zeros_like(x)
    z[...] = w * x + b
    return z
