"""Your function returns 1/2, which is the neuron's output at that point. The task asks for the x at which the neuron
has that output."""


def activation_point(w, b):
    x = -b / w
    return sigmoid(affine(x, w, b))
