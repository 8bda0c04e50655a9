"""The spread of your weights grows with the number of inputs. The more inputs a neuron adds up, the smaller its
weights should be."""

import numpy as np


def initial_parameters(D, J, seed):
    rng = np.random.default_rng(seed)
    W_1, b_1 = rng.normal(scale=np.sqrt(D), size=(D, J)), np.zeros(J)
    w_2, b_2 = rng.normal(scale=np.sqrt(J), size=J), np.zeros(1)
    return W_1, b_1, w_2, b_2
