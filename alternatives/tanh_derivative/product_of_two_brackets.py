"""Two brackets in place of a square, in single precision."""

import numpy as np


def tanh_derivative(z):
    h = np.tanh(np.asarray(z, dtype=np.float32))
    return (1 - h) * (1 + h)
