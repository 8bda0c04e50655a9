"""Python's own generator, number by number."""

import random

import numpy as np


def initial_parameters(D, J, seed):
    draw = random.Random(seed)
    W_1 = [[draw.gauss(0, 1 / D**0.5) for _ in range(J)] for _ in range(D)]
    w_2 = [draw.gauss(0, 1 / J**0.5) for _ in range(J)]
    return np.array(W_1), np.zeros(J), np.array(w_2), np.zeros(1)
