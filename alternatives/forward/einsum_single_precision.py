"""einsum for the sums, in single precision."""

import numpy as np


def forward(x, w_1, b_1, w_2, b_2):
    x, w_1, b_1, w_2, b_2 = (np.asarray(a, dtype=np.float32) for a in (x, w_1, b_1, w_2, b_2))
    z_1_2 = np.einsum(",j->j", x, w_1) + b_1
    h_1_2 = sigmoid(z_1_2)
    return z_1_2, h_1_2, np.einsum("j,j->", h_1_2, w_2) + b_2
