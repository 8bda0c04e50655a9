"""The spread of W_1 follows J and that of w_2 follows D. What counts is the number of inputs of the neuron that the
weights belong to."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(seed)
    W_1, b_1 = rng.normal(scale=1 / np.sqrt(J), size=(D, J)), np.zeros(J)
    w_2, b_2 = rng.normal(scale=1 / np.sqrt(D), size=J), np.zeros(1)
    return W_1, b_1, w_2, b_2
