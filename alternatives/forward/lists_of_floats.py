"""z_1_2 and h_1_2 are lists of Python floats, made with comprehensions and the math module."""

import math

import numpy as np


def neuron(inputs, weights, bias):
    return sum(i * w for i, w in zip(inputs, weights)) + bias


def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = [float(neuron([x], [w], b)) for w, b in zip(w_1, b_1)]
    h_1_2 = [1 / (1 + math.exp(-z)) if z > -700 else 0.0 for z in z_1_2]
    z_3 = np.array([neuron(h_1_2, w_2, b_2[0])])
    return z_1_2, h_1_2, z_3
