"""Your function returns only the first point: it looks as if the return is inside the loop. Collect all results first
and return them after the loop."""
# spreads: test_perceptron


def affine(x, w, b):
    for value in np.atleast_1d(x):
        z = w * value + b
        return z
