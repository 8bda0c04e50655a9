"""Your w_2 repeats the numbers of W_1: it looks as if a second generator is made from the same seed. Draw both with
one generator."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(seed)
    W_1, b_1 = rng.normal(scale=1 / np.sqrt(D), size=(D, J)), np.zeros(J)
    w_2, b_2 = np.random.default_rng(seed).normal(scale=1 / np.sqrt(J), size=J), np.zeros(1)
    return W_1, b_1, w_2, b_2
