"""One point after the other, in lists."""

import numpy as np


def forward_batch(X, W_1, b_1, w_2, b_2):
    Z_1, H, p = [], [], []
    for x in X:
        z = np.dot(x, W_1) + b_1
        h = np.tanh(z)
        Z_1.append(z.tolist())
        H.append(h.tolist())
        p.append(float(sigmoid(np.sum(h * w_2) + np.ravel(b_2)[0])))
    return Z_1, H, p
