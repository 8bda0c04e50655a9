"""Lab 04, exercise `predict_proba`: the probability of class 1 that a single neuron gives to each point."""

import numpy as np

from solutions.sigmoid import sigmoid


def predict_proba(X: np.ndarray, w_1: np.ndarray, b_1: np.ndarray) -> np.ndarray:
    """Probability of class 1 for each point.

    Args:
        X: (n, 2), one point a row.
        w_1, b_1: (2,) and (1,).

    Returns:
        (n,), numbers between 0 and 1.
    """
    return sigmoid(X @ w_1 + b_1)
