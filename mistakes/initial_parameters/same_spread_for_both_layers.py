"""Your w_2 has the same spread as W_1. The output neuron has another number of inputs than a hidden neuron: how many?"""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(seed)
    W_1, b_1 = rng.normal(scale=1 / np.sqrt(D), size=(D, J)), np.zeros(J)
    w_2, b_2 = rng.normal(scale=1 / np.sqrt(D), size=J), np.zeros(1)
    return W_1, b_1, w_2, b_2
