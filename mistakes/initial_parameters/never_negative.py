"""All your weights are positive, so their mean is not 0. Draw from a distribution that lies on both sides of 0."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(seed)
    W_1, b_1 = rng.uniform(0, 2 / np.sqrt(D), size=(D, J)), np.zeros(J)
    w_2, b_2 = rng.uniform(0, 2 / np.sqrt(J), size=J), np.zeros(1)
    return W_1, b_1, w_2, b_2
