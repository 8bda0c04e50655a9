"""Lab 05, exercise `forward_batch`: a hidden layer of tanh neurons and a sigmoid output, for all points at once."""

import numpy as np

from solutions.sigmoid import sigmoid


def forward_batch(
    X: np.ndarray, W_1: np.ndarray, b_1: np.ndarray, w_2: np.ndarray, b_2: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Forward pass of a batch through a network with one hidden layer.

    Args:
        X: (n, D), a point in each row.
        W_1, b_1: (D, J) and (J,), the hidden layer: a column for each neuron.
        w_2, b_2: (J,) and (1,), the output neuron.

    Returns:
        Z_1 (n, J) and H (n, J), before and after the activation, and p (n,), the probability of class 1.
    """
    Z_1 = X @ W_1 + b_1
    H = np.tanh(Z_1)
    p = sigmoid(H @ w_2 + b_2)
    return Z_1, H, p
