"""Uniformly distributed weights of the same spread."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(seed)
    far, out = np.sqrt(3 / D), np.sqrt(3 / J)
    return rng.uniform(-far, far, (D, J)), np.zeros(J), rng.uniform(-out, out, J), np.array([0.0])
