"""The products are written with diagonal matrices."""

import numpy as np


def deltas(y, Z_1, p, w_2):
    dL_dz2 = (p - y) * (1 / len(y))
    return [dL_dz2, np.diag(dL_dz2) @ tanh_derivative(Z_1) @ np.diag(w_2)]
