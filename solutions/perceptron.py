"""Lab 01, exercise `perceptron`: one neuron, the sigmoid after the affine transformation."""

from __future__ import annotations

import numpy as np

from solutions.affine import affine
from solutions.sigmoid import sigmoid


def perceptron(x: np.ndarray, w: float, b: float) -> np.ndarray:
    """Output of a neuron with one input.

    Args:
        x: the inputs, shape (n,).
        w: the neuron's weight.
        b: the neuron's bias.

    Returns:
        sigmoid(w x + b), shape (n,), each between 0 and 1.
    """
    return sigmoid(affine(x, w, b))
