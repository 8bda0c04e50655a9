"""Your point is never negative: the neuron can also switch on the left of zero, so leave the sign as it comes out."""


def activation_point(w, b):
    return abs(b / w)
