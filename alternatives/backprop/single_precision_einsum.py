"""Single precision and einsum; the gradients are stacked in one array and split again."""

import numpy as np


def backprop(x, y, w_1, b_1, w_2, b_2):
    w_1, b_1, w_2, b_2 = (np.asarray(p, dtype=np.float32) for p in (w_1, b_1, w_2, b_2))
    x, y = np.float32(x), np.float32(y)
    z = w_1 * x + b_1
    h = sigmoid(z)
    error = np.einsum("j,j->", w_2, h) + b_2[0] - y
    to_hidden = w_2 * h * (1 - h)
    everything = 2 * error * np.concatenate([to_hidden * x, to_hidden, h, np.ones(1, dtype=np.float32)])
    return tuple(np.split(everything, [2, 4, 6]))
