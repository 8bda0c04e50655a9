"""Lab 03, exercise `update`: one step of gradient descent, parameter - lr * gradient."""

import numpy as np


def update(parameters: tuple[np.ndarray, ...], gradients: tuple[np.ndarray, ...], lr: float) -> tuple[np.ndarray, ...]:
    """One step downhill.

    Args:
        parameters: w_1, b_1, w_2, b_2.
        gradients: theirs, in the same order and shapes.
        lr: the learning rate.

    Returns:
        The four new parameters. The old ones stay as they were.
    """
    return tuple(parameter - lr * gradient for parameter, gradient in zip(parameters, gradients, strict=True))
