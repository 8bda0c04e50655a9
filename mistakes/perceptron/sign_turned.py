"""Your neuron is on where it should be off, and off where it should be on: the minus sign is inside the sigmoid
already."""


def perceptron(x, w, b):
    return sigmoid(-affine(x, w, b))
