"""You return 1/2, the neuron's output there: asked for is the x at which it has that output."""


def activation_point(w, b):
    x = -b / w
    return sigmoid(affine(x, w, b))
