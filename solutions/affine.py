"""Lab 01, exercise `affine`: the affine transformation z = w x + b, the first half of a neuron."""

from __future__ import annotations

import numpy as np


def affine(x: np.ndarray, w: float, b: float) -> np.ndarray:
    """Affine transformation of x.

    Args:
        x: the inputs, shape (n,).
        w: the neuron's weight.
        b: the neuron's bias.

    Returns:
        w x + b, shape (n,).
    """
    return w * np.asarray(x) + b
