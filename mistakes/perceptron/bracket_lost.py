"""Your bias has the wrong sign. If you write the exponential yourself, put parentheses around all of z: otherwise the
minus sign applies only to the first term."""


def perceptron(x, w, b):
    return 1 / (1 + np.exp(-w * x + b))
