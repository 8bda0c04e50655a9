"""What the checks of two trainings in mini-batches share: how the points are shuffled."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from check.facts import FEWEST_RUNS, SEEDS, Array, holds

Trained = Callable[[int, int, int, float, int], Array]


def shuffled(trained: Trained) -> None:
    """The order is shuffled, anew in each epoch, and by the seed, as runs over two and four points show.

    Args:
        trained: called with the number of points, epochs, batch size, learning rate and seed; returns all trained
            parameters in one row. With two points, an epoch of batches of one can have two orders.
    """
    # The chance that all 60 orders are alike is below 1 in 10^17. Most trainings show two orders within a few runs.
    ends: list[Array] = []
    for seed in SEEDS:
        ends.append(trained(2, 1, 1, 0.7, seed))
        orders = _different(ends)
        if len(orders) > 1 and len(ends) >= FEWEST_RUNS:
            break
    holds(len(orders) > 1, "60 seeds take the points in the same order: shuffle them, by a generator made from seed")
    holds(
        len(orders) == 2,
        "With two points and batches of one, an epoch ends at more places than the two orders of the points allow: let "
        "every point have its turn once in each epoch, together with its own class",
    )
    holds(
        _reach(3, (trained(2, 2, 1, 0.7, seed) for seed in SEEDS)),
        "All epochs of a run take the points in the same order: shuffle in each epoch",
    )
    holds(
        _reach(3, (trained(4, 1, 2, 0.7, seed) for seed in SEEDS)),
        "The same points are always together in a batch: shuffle the points, not the batches",
    )


def _reach(count: int, runs: Iterable[Array]) -> bool:
    """Whether runs end at so many different places; no further ones are made then."""
    ends: list[Array] = []
    for end in runs:
        ends = _different([*ends, end])
        if len(ends) == count:
            return True
    return False


def _different(ends: list[Array]) -> list[Array]:
    """One of each kind of ends."""
    found: list[Array] = []
    for end in ends:
        if all(np.max(np.abs(end - other)) > 1e-3 for other in found):
            found.append(end)
    return found
