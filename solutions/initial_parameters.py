"""Lab 05, exercise `initial_parameters`: random weights of a size that keeps the neurons off the flat ends of the tanh.

The standard deviation 1 / sqrt(number of inputs) is that of LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998,
section 4.6.
"""

import numpy as np


def initial_parameters(D: int, J: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Start values for the training of a network with one hidden layer.

    Args:
        D: number of inputs.
        J: number of hidden neurons.
        seed: of the random generator.

    Returns:
        W_1 (D, J) and w_2 (J,), normally distributed; b_1 (J,) and b_2 (1,), zeros.
    """
    rng = np.random.default_rng(seed)
    W_1 = rng.normal(scale=1 / np.sqrt(D), size=(D, J))
    w_2 = rng.normal(scale=1 / np.sqrt(J), size=J)
    return W_1, np.zeros(J), w_2, np.zeros(1)
