"""All your weights are 0. Then all hidden neurons are equal, get equal gradients, and stay equal: draw the weights at
random."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(seed)
    W_1, b_1 = np.zeros((D, J)), np.zeros(J)
    w_2, b_2 = np.zeros(J), np.zeros(1)
    return W_1, b_1, w_2, b_2
