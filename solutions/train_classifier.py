"""Lab 04, exercise `train_classifier`: gradient descent in shuffled mini-batches."""

import numpy as np

from solutions.gradients import gradients


def train_classifier(
    X: np.ndarray, y: np.ndarray, epochs: int, batch_size: int, lr: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Train a single neuron to tell two classes apart.

    Args:
        X: (n, 2), the points.
        y: (n,), their classes, 0 or 1.
        epochs: passes over all points.
        batch_size: points per step. The last batch of an epoch may be smaller.
        lr: the learning rate.
        seed: of the random generator that shuffles.

    Returns:
        w_1 (2,) and b_1 (1,).
    """
    rng = np.random.default_rng(seed)
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            batch = order[first : first + batch_size]
            dL_dw1, dL_db1 = gradients(X[batch], y[batch], w_1, b_1)
            w_1 = w_1 - lr * dL_dw1
            b_1 = b_1 - lr * dL_db1
    return w_1, b_1
