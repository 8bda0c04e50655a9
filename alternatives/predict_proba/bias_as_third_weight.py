"""A column of ones makes the bias a third weight; single precision."""

import numpy as np


def predict_proba(X, w_1, b_1):
    X = np.asarray(X, dtype=np.float32)
    weights = np.concatenate([w_1, b_1]).astype(np.float32)
    return sigmoid(np.column_stack([X, np.ones(len(X), dtype=np.float32)]) @ weights)
