"""Lab 05, exercise `choose_network`: of several trained networks, the one with the lowest validation loss."""

import numpy as np

from labs.given import mean_cross_entropy
from solutions.forward_batch import forward_batch


def choose_network(
    networks: list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]], X_val: np.ndarray, y_val: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The network with the lowest mean cross-entropy on the validation set.

    Args:
        networks: the parameters of each network, W_1 (D, J), b_1 (J,), w_2 (J,), b_2 (1,); J may differ.
        X_val: (n, D), the points of the validation set.
        y_val: (n,), their classes, 0 or 1.

    Returns:
        Its four parameters.
    """
    losses = [mean_cross_entropy(y_val, forward_batch(X_val, *network)[2]) for network in networks]
    return networks[int(np.argmin(losses))]
