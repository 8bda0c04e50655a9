"""What the hidden tests of two trainings share: in which order, and together with which, the points have their turn."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from check.facts import Array, holds

SEEDS = (0, 1, 2, 3, 17, 99, 1234, 2026, 31337, 65537, 400009, 1000003)


@dataclass(frozen=True)
class Training:
    """A student's training, and the reference's steps beside it; both give all parameters in one row.

    Attributes:
        run: called with points (n, 2), classes (n,), epochs, batch size, learning rate and seed.
        walk: called with points, classes, batches (each holds the positions of its points) and learning rate.
        lr: a learning rate with which each order of the points ends elsewhere.
    """

    run: Callable[[Array, Array, int, int, float, int], Array]
    walk: Callable[[Array, Array, Sequence[Iterable[int]], float], Array]
    lr: float = 0.8

    def end(self, points: Array, classes: Array, batches: Iterable[Iterable[int]]) -> Array:
        """Where these batches lead."""
        return self.walk(points, classes, [list(batch) for batch in batches], self.lr)


def orders(training: Training, rng: np.random.Generator) -> None:
    """Batches of one, and of two: each epoch takes every point once, in a random order.

    The chance that shuffling fails one of these runs is below 1e-9.
    """
    points, classes = np.array([[1.5, -0.5], [-1.0, 2.0]]), np.array([0, 1])
    possible = list(itertools.product([(0, 1), (1, 0)], repeat=4))
    ends = np.array([training.end(points, classes, [[row] for row in itertools.chain(*order)]) for order in possible])
    seen = set()
    for seed in SEEDS:
        got = training.run(points, classes, 4, 1, training.lr, seed)
        distances = np.max(np.abs(ends - got), axis=1)
        holds(
            np.min(distances) < 1e-3,
            "With two points and batches of one, four epochs end where no order of the points leads: let "
            "every point have "
            "its turn once in each epoch, together with its own class",
        )
        seen.add(possible[int(np.argmin(distances))])
    holds(len(seen) > 1, "Twelve seeds give the same order of the points: shuffle them, by a generator made from seed")
    holds(
        any(len(set(order)) == 2 for order in seen),
        "All epochs of a run take the points in the same order: shuffle in each epoch",
    )
    points = np.array([[1.0, 0.5], [-0.5, 1.5], [2.0, -1.0], [0.5, 2.5], [-1.5, -1.0]])
    classes = np.array([1, 0, 0, 1, 1])
    for n, size, fewest in [(5, 1, 10), (4, 2, 1)]:  # more different orders: turned round, or in fixed batches
        _ways(training, rng, points[:n], classes[:n], size, fewest)


def _ways(training: Training, rng: np.random.Generator, points: Array, classes: Array, size: int, fewest: int) -> None:
    n = len(points)
    possible: list[list[tuple[int, ...]]] = []
    for order in itertools.permutations(range(n)):
        batches = [tuple(sorted(order[i : i + size])) for i in range(0, n, size)]
        if batches not in possible:
            possible.append(batches)
    ends = np.array([training.end(points, classes, batches) for batches in possible])
    seen: set[Any] = set()
    for count, seed in enumerate((*SEEDS, *rng.integers(4, 1_000_000, size=28).tolist()), start=1):
        got = training.run(points, classes, 1, size, training.lr, seed)
        distances = np.max(np.abs(ends - got), axis=1)
        holds(np.min(distances) < 1e-3, f"One epoch over {n} points in batches of {size} does not take each point once")
        batches = possible[int(np.argmin(distances))]
        seen.add(tuple(batches) if size == 1 else frozenset(batches))
        if len(seen) > fewest and count >= len(SEEDS):
            break
    holds(
        len(seen) > fewest,
        f"Batches of {size} out of {n} points are put together in only {len(seen)} way(s): shuffle the points "
        "at random",
    )


def remainder(training: Training) -> None:
    """One point is left, for a smaller batch or for nothing."""
    for n, size in [(3, 2), (4, 3)]:
        points, classes = np.array([[1.0, 0.5], [-0.5, 1.5], [2.0, -1.0], [0.5, 2.5]])[:n], np.array([1, 0, 0, 1])[:n]
        first = [set(range(n)) - {left} for left in range(n)]
        ends = [training.end(points, classes, [batch]) for batch in first]
        ends += [training.end(points, classes, [batch, {left}]) for left, batch in enumerate(first)]
        for seed in range(3):
            got = training.run(points, classes, 1, size, training.lr, seed)
            holds(
                np.min(np.max(np.abs(np.array(ends) - got), axis=1)) < 1e-3,
                f"{n} points in batches of {size}: the first batch must hold {size} points, the last one the "
                "point that is "
                "left, or nothing",
            )
