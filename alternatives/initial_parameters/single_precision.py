"""Single precision, and the weights of both layers come from one draw."""

import numpy as np


def initial_parameters(D, J, seed):
    drawn = np.random.default_rng(seed).standard_normal(D * J + J).astype(np.float32)
    W_1 = drawn[: D * J].reshape(D, J) / np.sqrt(D)
    return W_1, np.zeros(J, np.float32), drawn[D * J :] / np.sqrt(J), np.zeros(1, np.float32)
