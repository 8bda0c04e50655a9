"""Joins all parameters in one vector, subtracts once and splits it again; single precision."""

import numpy as np


def update(parameters, gradients, lr):
    lengths = [len(p) for p in parameters]
    everything = np.concatenate(list(parameters)).astype(np.float32)
    everything = everything - np.float32(lr) * np.concatenate(list(gradients)).astype(np.float32)
    return np.split(everything, np.cumsum(lengths)[:-1])
