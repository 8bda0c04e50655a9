"""Lab 02, exercise `hidden_layer`: J neurons side by side, h = sigmoid(w x + b), for n inputs at once."""

from __future__ import annotations

import numpy as np

from solutions.sigmoid import sigmoid


def hidden_layer(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Outputs of a layer of J neurons that share one input.

    Args:
        x: the inputs, shape (n,).
        w: one weight per neuron, shape (J,).
        b: one bias per neuron, shape (J,).

    Returns:
        Shape (n, J): row i belongs to input x[i], column j to neuron j.
    """
    return sigmoid(np.outer(x, w) + b)
