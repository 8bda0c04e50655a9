"""Lab 03, exercise `sigmoid_derivative`: the slope of the sigmoid, s'(z) = s(z) (1 - s(z))."""

import numpy as np

from solutions.sigmoid import sigmoid


def sigmoid_derivative(z: float | np.ndarray) -> np.ndarray:
    """Slope of the sigmoid at z, element by element.

    Args:
        z: a number, or an array of any shape.

    Returns:
        The slope, in the shape of z.
    """
    h = sigmoid(z)
    slope: np.ndarray = h * (1 - h)
    return slope
