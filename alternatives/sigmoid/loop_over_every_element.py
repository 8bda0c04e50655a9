"""A loop over all elements that fills an array of the same shape; a number comes back as a 0-d array."""

import math


def sigmoid(z):
    z = np.asarray(z)
    h = np.zeros(z.shape)
    for index, value in np.ndenumerate(z):
        if value > 500:
            h[index] = 1.0
        elif value > -500:
            h[index] = 1 / (1 + math.exp(-value))
    return h
