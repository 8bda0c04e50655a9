"""Every factor of the chain rule written out for each neuron, without calling the earlier answers."""

import numpy as np


def backprop(x, y, w_1, b_1, w_2, b_2):
    z1 = w_1[0] * x + b_1[0]
    z2 = w_1[1] * x + b_1[1]
    h1 = 1 / (1 + np.exp(-z1))
    h2 = 1 / (1 + np.exp(-z2))
    z3 = w_2[0] * h1 + w_2[1] * h2 + b_2[0]
    dL_dz3 = 2 * (z3 - y)
    dL_dh1 = dL_dz3 * w_2[0]
    dL_dh2 = dL_dz3 * w_2[1]
    dL_dz1 = dL_dh1 * h1 * (1 - h1)
    dL_dz2 = dL_dh2 * h2 * (1 - h2)
    dL_dw1 = np.array([dL_dz1 * x, dL_dz2 * x])
    dL_db1 = np.array([dL_dz1, dL_dz2])
    dL_dw2 = np.array([dL_dz3 * h1, dL_dz3 * h2])
    dL_db2 = np.array([dL_dz3])
    return dL_dw1, dL_db1, dL_dw2, dL_db2
