"""Returns a list instead of a tuple, uses np.dot with its arguments swapped, and prints."""

import numpy as np


def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = np.add(np.multiply(x, w_1), b_1)
    h_1_2 = sigmoid(z_1_2)
    z_3 = b_2 + np.dot(w_2, h_1_2)
    print("z_3 =", z_3)
    return [z_1_2, h_1_2, z_3]
