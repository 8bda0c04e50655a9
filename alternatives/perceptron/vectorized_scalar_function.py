"""math.exp for one point, applied to all points by np.vectorize."""

import math


def neuron_at_one_point(x, w, b):
    z = w * x + b
    if z < -700:
        return 0.0
    return 1 / (1 + math.exp(-z))


perceptron = np.vectorize(neuron_at_one_point)
