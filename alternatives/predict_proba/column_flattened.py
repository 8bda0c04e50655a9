"""A matrix product with a column, flattened at the end; the complement of the probability of class 0."""

import numpy as np


def predict_proba(X, w_1, b_1):
    column = np.matmul(X, np.reshape(w_1, (2, 1))) + b_1
    return (1.0 - sigmoid(-column)).flatten()
