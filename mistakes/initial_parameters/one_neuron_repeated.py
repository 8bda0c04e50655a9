"""All columns of your W_1 are equal, so all hidden neurons are the same and stay the same. Draw a column for each of
them."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(seed)
    W_1, b_1 = np.outer(rng.normal(scale=1 / np.sqrt(D), size=D), np.ones(J)), np.zeros(J)
    w_2, b_2 = rng.normal(scale=1 / np.sqrt(J), size=J), np.zeros(1)
    return W_1, b_1, w_2, b_2
