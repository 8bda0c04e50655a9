"""Lab 01, exercise `sigmoid`: the logistic function, 1 / (1 + exp(-z)).

Where z is negative the fraction is expanded by exp(z), which gives exp(z) / (1 + exp(z)). Either form then only
needs exp(-|z|), a number between 0 and 1, so that nothing can overflow.
"""

from __future__ import annotations

import numpy as np


def sigmoid(z: np.ndarray | float) -> np.ndarray:
    """Logistic function, element by element.

    Args:
        z: a number, or an array of any shape.

    Returns:
        Floats between 0 and 1, in the shape of z (a number for a number).
    """
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))  # never above 1, so it cannot overflow
    h: np.ndarray = np.where(z >= 0, 1.0, e) / (1.0 + e)
    return h
