"""The spread of your weights is 1 / D and 1 / J: that would be right for the variance. NumPy asks for the standard
deviation."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(seed)
    W_1, b_1 = rng.normal(scale=1 / D, size=(D, J)), np.zeros(J)
    w_2, b_2 = rng.normal(scale=1 / J, size=J), np.zeros(1)
    return W_1, b_1, w_2, b_2
