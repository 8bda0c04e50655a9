"""Lab 05, exercise `deltas`: how the mean cross-entropy changes with what each neuron adds up, for each point."""

import numpy as np

from solutions.tanh_derivative import tanh_derivative


def deltas(y: np.ndarray, Z_1: np.ndarray, p: np.ndarray, w_2: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Derivatives of the mean cross-entropy with respect to the values before both activations.

    Args:
        y: (n,), the classes, 0 or 1.
        Z_1: (n, J), the hidden neurons before the activation.
        p: (n,), the output of the network.
        w_2: (J,), the output weights.

    Returns:
        dL_dz2 (n,) of the output neuron, and dL_dZ1 (n, J) of the hidden neurons.
    """
    dL_dz2 = (p - y) / len(y)
    dL_dZ1 = np.outer(dL_dz2, w_2) * tanh_derivative(Z_1)
    return dL_dz2, dL_dZ1
