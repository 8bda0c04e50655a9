"""Every seed gives the same weights: it looks as if the generator is always made from the same number. Use the
argument."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(0)
    W_1, b_1 = rng.normal(scale=1 / np.sqrt(D), size=(D, J)), np.zeros(J)
    w_2, b_2 = rng.normal(scale=1 / np.sqrt(J), size=J), np.zeros(1)
    return W_1, b_1, w_2, b_2
