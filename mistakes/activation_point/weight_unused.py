"""Your point does not depend on w: the same bias shifts a steep neuron less than a flat one."""


def activation_point(w, b):
    return -b
