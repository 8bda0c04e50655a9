"""Your output goes below 0, as tanh does. This neuron uses the sigmoid."""


def perceptron(x, w, b):
    return np.tanh(affine(x, w, b))
