"""Lab 03, exercise `backprop`: the gradient of L = (z_3 - y)^2 with respect to each parameter, by the chain rule."""

import numpy as np

from solutions.forward import forward
from solutions.sigmoid_derivative import sigmoid_derivative


def backprop(
    x: float, y: float, w_1: np.ndarray, b_1: np.ndarray, w_2: np.ndarray, b_2: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Gradient of the loss (z_3 - y)**2 for one input.

    Args:
        x, y: a number each, the input and its target.
        w_1, b_1: (2,) each, the hidden layer.
        w_2, b_2: (2,) and (1,), the output neuron.

    Returns:
        dL_dw1 (2,), dL_db1 (2,), dL_dw2 (2,), dL_db2 (1,), each in the shape of its parameter.
    """
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)

    dL_db2 = 2 * (z_3 - y)  # also dL/dz_3, as b_2 is added to z_3 as it is
    dL_dw2 = dL_db2 * h_1_2
    dL_db1 = dL_db2 * w_2 * sigmoid_derivative(z_1_2)  # also dL/dz_1_2, for the same reason
    dL_dw1 = dL_db1 * x
    return dL_dw1, dL_db1, dL_dw2, dL_db2
