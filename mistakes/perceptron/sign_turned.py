"""Your neuron is on where it should be off, and off where it should be on: z needs exactly one minus, in the exponent,
and sigmoid brings it already."""


def perceptron(x, w, b):
    return sigmoid(-affine(x, w, b))
