"""einsum in single precision; dL_db1 has shape (1,)."""

import numpy as np


def gradients(X, y, w_1, b_1):
    X, y, w_1, b_1 = (np.asarray(a, dtype=np.float32) for a in (X, y, w_1, b_1))
    error = sigmoid(np.einsum("ni,i->n", X, w_1) + b_1) - y
    return np.einsum("n,ni->i", error, X), np.einsum("n->", error).reshape(1)
