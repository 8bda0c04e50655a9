"""How many answers two students have alike in all, weighed by how many of the class have them so.

One answer that two share says little where answers are short or known. All of them together say much: whoever works
alone chooses anew in each exercise. The sum is the logarithm of a likelihood ratio: of a copy, which takes over nearly
every answer, against two students who find each answer as often as the class does. By Markov's inequality two who work
alone reach a sum of t with a probability of at most exp(-t), so it is known how few pairs do so by chance.
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


def forms_of(work: StudentWork, given: Set[Feature]) -> dict[str, frozenset[Feature]]:
    """Exercise -> the forms of a student's answer in code; without answers that hold what everybody was given."""
    found: dict[str, set[Feature]] = {}
    for feature in work.features:
        if feature.kind == "form" and feature.where != OWN:
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
    total = np.zeros((len(works), len(works)))
    forms = [forms_of(work, given) for work in works]
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
