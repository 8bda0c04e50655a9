"""Composes the two functions with a helper and keyword arguments."""


def compose(outer, inner):
    return lambda *args, **kwargs: outer(inner(*args, **kwargs))


neuron = compose(sigmoid, affine)


def perceptron(x, w, b):
    return neuron(x=x, w=w, b=b)
