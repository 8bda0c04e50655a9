"""The sigmoid expressed by tanh."""


def perceptron(x, w, b):
    return (np.tanh((np.asarray(x) * w + b) / 2) + 1) / 2
