"""What the checks of two trainings in mini-batches share: how the points are shuffled."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from check.facts import SEEDS, Array, holds

Trained = Callable[[int, int, int, float, int], Array]


def shuffled(trained: Trained) -> None:
    """The order is shuffled, anew in each epoch, and by the seed, as runs over two and four points show.

    Args:
        trained: called with the number of points, epochs, batch size, learning rate and seed; returns all trained
            parameters in one row. With two points, an epoch of batches of one can have two orders.
    """
    ends = [trained(2, 1, 1, 0.7, seed) for seed in SEEDS]  # the chance that all are alike is below 1 in 10^17
    orders = [ends[0], *(end for end in ends if np.max(np.abs(end - ends[0])) > 1e-3)]
    holds(len(orders) > 1, "60 seeds take the points in the same order: shuffle them, by a generator made from seed")
    holds(
        all(min(np.max(np.abs(end - orders[0])), np.max(np.abs(end - orders[1]))) < 1e-3 for end in ends),
        "With two points and batches of one, an epoch ends at more places than the two orders of the points allow: let "
        "every point have its turn once in each epoch, together with its own class",
    )
    twice = _different([trained(2, 2, 1, 0.7, seed) for seed in SEEDS])
    holds(twice > 2, "All epochs of a run take the points in the same order: shuffle in each epoch")
    pairs = _different([trained(4, 1, 2, 0.7, seed) for seed in SEEDS])
    holds(pairs > 2, "The same points are always together in a batch: shuffle the points, not the batches")


def _different(ends: list[Array]) -> int:
    """How many different ends there are."""
    found: list[Array] = []
    for end in ends:
        if all(np.max(np.abs(end - other)) > 1e-3 for other in found):
            found.append(end)
    return len(found)
