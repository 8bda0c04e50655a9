"""Your result is one number for all points together: each point of x has its own z, so nothing is to be summed
here."""
# spreads: test_perceptron


def affine(x, w, b):
    return np.sum(w * x) + b
