"""Lab 03, exercise `mse`: the mean of the squared differences between target and output."""

import numpy as np


def mse(y: float | np.ndarray, y_out: float | np.ndarray) -> float:
    """Mean squared error.

    Args:
        y: the target values, a number or an array.
        y_out: the network's outputs, in the shape of y.

    Returns:
        One number.
    """
    return float(np.mean((y_out - y) ** 2))
