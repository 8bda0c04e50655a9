"""Lab 05, exercise `tanh_derivative`: the slope of the tanh."""

import numpy as np


def tanh_derivative(z: np.ndarray | float) -> np.ndarray:
    """Derivative of the hyperbolic tangent, element by element.

    Args:
        z: a number or an array of any shape.

    Returns:
        1 - tanh(z)**2, in the shape of z.
    """
    h: np.ndarray = np.tanh(z)
    return 1 - h**2
