"""How many answers two students have alike in all, weighed by how many of the class have them so.

One answer that two share says little where answers are short or known. All of them together say much: whoever works
alone chooses anew in each exercise. The sum is the logarithm of a likelihood ratio: of a copy, which takes over nearly
every answer, against two students who find each answer as often as the class does. By Markov's inequality two who work
alone reach a sum of t with a probability of at most exp(-t), so it is known how few pairs do so by chance.

An answer's form says nothing of its layout, which a copy often keeps: where blanks are, and where lines end. Either may
be taken over, so the mean of both ratios counts. Who has a habit keeps it in every exercise: two who work alone share a
layout more often than its shares say, so it counts for less.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence, Set

import numpy as np

from autograder.similar.features import OWN, Feature, StudentWork

TAKEN_OVER = 0.8
"""Share of its original's answers that a copy has alike."""
BY_CHANCE = 0.5
"""Pairs of a class, whatever its size, that have `enough` alike by chance: at most so many, by the inequality."""


LAYOUT_KEPT = 0.2
"""How likely it is that a copy keeps the layout, less what habits take from what it says."""


def forms_of(work: StudentWork, given: Set[Feature], kind: str = "form") -> dict[str, frozenset[Feature]]:
    """Exercise -> the forms of a student's answer in code; without answers that hold what everybody was given."""
    found: dict[str, set[Feature]] = {}
    for feature in work.features:
        if feature.kind == kind and feature.where != OWN:
            found.setdefault(feature.where, set()).add(feature)
    return {where: frozenset(forms) for where, forms in found.items() if not forms & given}


def agreements(works: Sequence[StudentWork], given: Set[Feature]) -> np.ndarray:
    """For each two students of a class, how much all that they have alike says.

    Args:
        works: the class.
        given: what everybody was given; it says nothing.

    Returns:
        (n, n), symmetric; natural logarithms.
    """
    by_form, by_layout = (_agreements([forms_of(work, given, kind) for work in works]) for kind in ("form", "layout"))
    mean: np.ndarray = np.logaddexp(math.log(1 - LAYOUT_KEPT) + by_form, math.log(LAYOUT_KEPT) + by_layout)
    return mean


def _agreements(forms: Sequence[dict[str, frozenset[Feature]]]) -> np.ndarray:
    """For each two students, what their answers of this kind say, summed over the exercises."""
    total = np.zeros((len(forms), len(forms)))
    for where in dict.fromkeys(where for own in forms for where in own):
        counts = Counter(own[where] for own in forms if where in own)
        answered = counts.total()
        if answered < 3:
            continue
        numbers = {form: number for number, form in enumerate(counts)}
        column = np.array([numbers[own[where]] if where in own else -1 for own in forms])
        # One of the two is left out: by itself, an answer that only they have would be the rarer the smaller the class.
        shares = np.array([max(count - 1, 1) / (answered - 1) for count in counts.values()])
        chance = sum(count * (count - 1) for count in counts.values()) / (answered * (answered - 1))
        same = np.maximum(np.log(TAKEN_OVER / shares), 0.0)[column]
        other = math.log((1 - TAKEN_OVER) / max(1 - chance, 1 - TAKEN_OVER))
        known = (column >= 0)[:, None] & (column >= 0)[None, :]
        total += np.where(known, np.where(column[:, None] == column[None, :], same[:, None], other), 0.0)
    return total


def enough(students: int) -> float:
    """The sum from which on two students of a class of so many have more alike than chance gives any two."""
    return math.log(max(students * (students - 1) / 2, 1) / BY_CHANCE)
