"""Lab 01, exercise `activation_point`: where a neuron's output is 1/2.

The sigmoid is 1/2 at z = 0 and nowhere else, and w x + b = 0 at x = -b / w.
"""

from __future__ import annotations


def activation_point(w: float, b: float) -> float:
    """The input at which a neuron's output is 1/2.

    Args:
        w: the neuron's weight, not 0.
        b: the neuron's bias.

    Returns:
        The x with sigmoid(w x + b) = 1/2.
    """
    return -b / w
