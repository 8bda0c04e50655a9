"""The result as a column, (n, 1)."""

import numpy as np


def predict_proba(X, w_1, b_1):
    return sigmoid(np.matmul(X, np.reshape(w_1, (2, 1))) + b_1)
