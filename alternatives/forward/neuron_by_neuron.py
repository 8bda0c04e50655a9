"""Computes one neuron after the other with indices; z_3 is a plain number."""

import numpy as np


def forward(x, w_1, b_1, w_2, b_2):
    z_1 = w_1[0] * x + b_1[0]
    z_2 = w_1[1] * x + b_1[1]
    h_1 = sigmoid(z_1)
    h_2 = sigmoid(z_2)
    z_3 = w_2[0] * h_1 + w_2[1] * h_2 + b_2[0]
    return np.array([z_1, z_2]), np.array([h_1, h_2]), float(z_3)
