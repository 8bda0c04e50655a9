"""Your point does not depend on w. The same bias shifts a steep neuron less than a flat one, so the weight belongs in
the formula."""


def activation_point(w, b):
    return -b
