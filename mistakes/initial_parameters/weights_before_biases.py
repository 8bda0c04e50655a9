"""Your results look right, but both weights come before both biases. Return them in the order of the task."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(seed)
    W_1, b_1 = rng.normal(scale=1 / np.sqrt(D), size=(D, J)), np.zeros(J)
    w_2, b_2 = rng.normal(scale=1 / np.sqrt(J), size=J), np.zeros(1)
    return W_1, w_2, b_1, b_2
