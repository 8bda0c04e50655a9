"""When x holds whole numbers your outputs lose their decimals: the table for the results has the type of x. Make it a table
of floats."""

# spreads: test_network

import numpy as np


def hidden_layer(x, w, b):
    H = np.empty((len(x), len(w)), dtype=x.dtype)
    for j in range(len(w)):
        H[:, j] = sigmoid(w[j] * x + b[j])
    return H
