"""Lab 03, exercise `forward`: one input through the 1-2-1 network, with what the backward pass needs later."""

import numpy as np

from solutions.sigmoid import sigmoid


def forward(
    x: float, w_1: np.ndarray, b_1: np.ndarray, w_2: np.ndarray, b_2: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Forward pass for one input.

    Args:
        x: a number.
        w_1, b_1: (2,) each, the hidden layer.
        w_2, b_2: (2,) and (1,), the output neuron.

    Returns:
        z_1_2 (2,), what reaches the hidden neurons; h_1_2 (2,), what leaves them; z_3 (1,), the output.
    """
    z_1_2 = w_1 * x + b_1
    h_1_2 = sigmoid(z_1_2)
    z_3 = h_1_2 @ w_2 + b_2
    return z_1_2, h_1_2, z_3
