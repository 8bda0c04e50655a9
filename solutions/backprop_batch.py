"""Lab 05, exercise `backprop_batch`: the gradient of the mean cross-entropy, summed up from the deltas of a batch."""

import numpy as np

from solutions.deltas import deltas
from solutions.forward_batch import forward_batch


def backprop_batch(
    X: np.ndarray, y: np.ndarray, W_1: np.ndarray, b_1: np.ndarray, w_2: np.ndarray, b_2: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Gradient of the mean cross-entropy over a batch.

    Args:
        X: (n, D), the points of the batch.
        y: (n,), their classes, 0 or 1.
        W_1, b_1: (D, J) and (J,), the hidden layer.
        w_2, b_2: (J,) and (1,), the output neuron.

    Returns:
        dL_dW1 (D, J), dL_db1 (J,), dL_dw2 (J,), dL_db2 (1,), each in the shape of its parameter.
    """
    Z_1, H, p = forward_batch(X, W_1, b_1, w_2, b_2)
    dL_dz2, dL_dZ1 = deltas(y, Z_1, p, w_2)
    dL_dw2 = dL_dz2 @ H
    dL_db2 = np.sum(dL_dz2, keepdims=True)
    dL_dW1 = X.T @ dL_dZ1
    dL_db1 = np.sum(dL_dZ1, axis=0)
    return dL_dW1, dL_db1, dL_dw2, dL_db2
