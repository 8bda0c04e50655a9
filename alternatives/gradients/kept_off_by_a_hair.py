"""p is kept away from 0 and 1 by a hair, as for a logarithm, which changes nothing that can be measured."""

import numpy as np


def gradients(X, y, w_1, b_1):
    d = np.clip(predict_proba(X, w_1, b_1), 1e-7, 1 - 1e-7) - y
    return d @ X, np.sum(d)
