"""Two loops over Python numbers, with math.exp."""

import math


def hidden_layer(x, w, b):
    h = np.zeros((len(x), len(w)))
    for i in range(len(x)):
        for j in range(len(w)):
            z = w[j] * x[i] + b[j]
            h[i, j] = 1 / (1 + math.exp(-z)) if z > -700 else 0.0
    return h
