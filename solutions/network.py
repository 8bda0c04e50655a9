"""Lab 02, exercise `network`: a hidden layer, then a linear combination of its outputs, y = w_out . h + b_out."""

from __future__ import annotations

import numpy as np

from solutions.hidden_layer import hidden_layer


def network(x: np.ndarray, w: np.ndarray, b: np.ndarray, w_out: np.ndarray, b_out: np.ndarray | float) -> np.ndarray:
    """Output of a network with one input, one hidden layer and one linear output.

    Args:
        x: the inputs, shape (n,).
        w: weights of the hidden layer, shape (J,).
        b: biases of the hidden layer, shape (J,).
        w_out: output weights, shape (J,).
        b_out: output bias, a number or shape (1,).

    Returns:
        One output per input, shape (n,).
    """
    y: np.ndarray = hidden_layer(x, w, b) @ np.asarray(w_out) + b_out
    return y
