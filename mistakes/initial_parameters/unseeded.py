"""Two calls with the same seed give different weights. Make the generator from the argument seed."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng()
    W_1, b_1 = rng.normal(scale=1 / np.sqrt(D), size=(D, J)), np.zeros(J)
    w_2, b_2 = rng.normal(scale=1 / np.sqrt(J), size=J), np.zeros(1)
    return W_1, b_1, w_2, b_2
