"""Exercise `sigmoid_derivative`: the slope of the sigmoid, s'(z) = s(z) (1 - s(z))."""

import numpy as np

from solutions.sigmoid import sigmoid


def sigmoid_derivative(z: float | np.ndarray) -> float | np.ndarray:
    """Slope of the sigmoid at z.

    z: a number, or an array of any shape.
    Returns the slope, elementwise, in the shape of z.
    """
    h = sigmoid(z)
    return h * (1 - h)
