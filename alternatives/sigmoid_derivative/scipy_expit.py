"""SciPy's sigmoid, in single precision."""

import numpy as np
from scipy.special import expit


def sigmoid_derivative(z):
    h = expit(np.asarray(z, dtype=np.float32))
    return h - h**2
