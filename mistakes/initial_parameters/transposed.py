"""Your W_1 has a row for each neuron. Inputs belong to the rows and neurons to the columns."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(seed)
    W_1, b_1 = rng.normal(scale=1 / np.sqrt(D), size=(J, D)), np.zeros(J)
    w_2, b_2 = rng.normal(scale=1 / np.sqrt(J), size=J), np.zeros(1)
    return W_1, b_1, w_2, b_2
