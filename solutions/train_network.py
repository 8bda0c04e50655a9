"""Lab 05, exercise `train_network`: gradient descent in shuffled mini-batches, from given start values."""

import numpy as np

from solutions.backprop_batch import backprop_batch


def train_network(
    X: np.ndarray,
    y: np.ndarray,
    parameters: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
    epochs: int,
    batch_size: int,
    lr: float,
    seed: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Train a network with one hidden layer.

    Args:
        X: (n, D), the points.
        y: (n,), their classes, 0 or 1.
        parameters: W_1 (D, J), b_1 (J,), w_2 (J,), b_2 (1,), the start values, which stay as they are.
        epochs: passes over all points.
        batch_size: points per step. The last batch of an epoch may be smaller.
        lr: the learning rate.
        seed: of the random generator that shuffles.

    Returns:
        The four trained parameters, in the same order and shapes.
    """
    rng = np.random.default_rng(seed)
    W_1, b_1, w_2, b_2 = parameters
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            batch = order[first : first + batch_size]
            dL_dW1, dL_db1, dL_dw2, dL_db2 = backprop_batch(X[batch], y[batch], W_1, b_1, w_2, b_2)
            W_1, b_1 = W_1 - lr * dL_dW1, b_1 - lr * dL_db1
            w_2, b_2 = w_2 - lr * dL_dw2, b_2 - lr * dL_db2
    return W_1, b_1, w_2, b_2
