"""A class for neurons, instantiated in each call."""


class Neuron:
    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def output(self, x):
        return sigmoid(affine(x, self.weight, self.bias))


def perceptron(x, w, b):
    return Neuron(w, b).output(x)
