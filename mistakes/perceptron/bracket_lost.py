"""Your bias counts with the wrong sign. If you write the exponential yourself, put brackets around the whole of z:
otherwise the minus in front reaches only the term before the plus."""


def perceptron(x, w, b):
    return 1 / (1 + np.exp(-w * x + b))
