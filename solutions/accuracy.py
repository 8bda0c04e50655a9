"""Lab 04, exercise `accuracy`: the share of points that fall on the right side of p = 0.5."""

import numpy as np


def accuracy(y: np.ndarray, p: np.ndarray) -> float:
    """Share of right decisions.

    Args:
        y: (n,), the classes, 0 or 1.
        p: (n,), the probabilities of class 1. Above 0.5 the decision is class 1.

    Returns:
        A number between 0 and 1.
    """
    return float(np.mean((p > 0.5) == y))
