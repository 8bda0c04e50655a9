"""Your output is a single number for all points together. Each point of x is a separate input with its own output."""


def perceptron(x, w, b):
    z = np.sum(w * x) + b
    return sigmoid(z)
