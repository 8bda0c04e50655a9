"""Your result is a single number for all points together. Each point of x has its own z, so do not sum here."""
# spreads: test_perceptron


def affine(x, w, b):
    return np.sum(w * x) + b
