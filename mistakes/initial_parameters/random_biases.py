"""Your biases are random. They start at 0; the random weights already make the neurons different."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(seed)
    W_1, b_1 = rng.normal(scale=1 / np.sqrt(D), size=(D, J)), rng.normal(size=J)
    w_2, b_2 = rng.normal(scale=1 / np.sqrt(J), size=J), rng.normal(size=1)
    return W_1, b_1, w_2, b_2
