"""Lab 03, exercise `train`: stochastic gradient descent on the Gaussian, one random input a step."""

import numpy as np

from labs.given import gaussian
from solutions.backprop import backprop
from solutions.update import update


def train(X: np.ndarray, N: int, lr: float, seed: int) -> tuple[np.ndarray, ...]:
    """Train the 1-2-1 network on the Gaussian.

    Args:
        X: (n,), the inputs to draw from.
        N: number of steps.
        lr: the learning rate.
        seed: of the random generator.

    Returns:
        w_1 (2,), b_1 (2,), w_2 (2,), b_2 (1,) after N steps from the start values.
    """
    rng = np.random.default_rng(seed)
    parameters: tuple[np.ndarray, ...] = (
        np.array([1.0, -1.0]),
        np.array([1.0, 1.0]),
        np.array([1.0, -1.0]),
        np.array([1.0]),
    )
    for _ in range(N):
        x = rng.choice(X)
        gradients = backprop(x, float(gaussian(x)), *parameters)
        parameters = update(parameters, gradients, lr)
    return parameters
