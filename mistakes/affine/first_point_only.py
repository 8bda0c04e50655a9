"""Your return stands inside the loop, so the function ends after the first point: collect all results first and return
them after the loop."""
# spreads: test_perceptron


def affine(x, w, b):
    for value in np.atleast_1d(x):
        z = w * value + b
        return z
