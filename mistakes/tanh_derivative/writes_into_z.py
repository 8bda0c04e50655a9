"""Your function writes into the array that it was given, so its caller loses z. Make a new array."""

# spreads: test_deltas_dL_dz2, test_deltas_dL_dZ1

import numpy as np


def tanh_derivative(z):
    z = np.asarray(z, dtype=float)
    z[...] = np.tanh(z)
    return 1 - z**2
