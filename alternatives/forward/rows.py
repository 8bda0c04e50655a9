"""The hidden layer is a row; the results have shapes (1, 2), (1, 2) and (1, 1)."""

import numpy as np


def forward(x, w_1, b_1, w_2, b_2):
    row = np.array([[x]]) @ np.reshape(w_1, (1, 2)) + np.reshape(b_1, (1, 2))
    h = sigmoid(row)
    out = h @ np.reshape(w_2, (2, 1)) + np.reshape(b_2, (1, 1))
    return row, h, out
