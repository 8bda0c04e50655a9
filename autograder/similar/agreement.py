"""How many answers two students have alike in all, weighed by how many of the class have them so.

One answer that two share says little where answers are short or known. All of them together say much: whoever works
alone chooses anew in each exercise. The sum is the logarithm of a likelihood ratio: of a copy, which takes over nearly
every answer, against two students who find each answer as often as the class does. By Markov's inequality two who work
alone reach a sum of t with a probability of at most exp(-t), so it is known how few pairs do so by chance.

An answer's form says nothing of its layout, which a copy often keeps: where blanks are, and where lines end. Either may
be taken over, so the mean of both ratios counts. Who has a habit keeps it in every exercise, so one layout in common
makes the next one likely. How likely is seen in the class: more than that, a further layout does not say.
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
BEFORE, OF_THESE = 0.25, 5.0
"""What is assumed of habits before the class is seen: so many of these layouts follow from another one."""


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
    by_layout -= _of_habits(works, given)
    mean: np.ndarray = np.logaddexp(math.log(1 - LAYOUT_KEPT) + by_form, math.log(LAYOUT_KEPT) + by_layout)
    return mean


def _of_habits(works: Sequence[StudentWork], given: Set[Feature]) -> np.ndarray:
    """For each two students, what their layouts say less because one follows from another."""
    forms = [forms_of(work, set()) for work in works]
    layouts = [forms_of(work, given, "layout") for work in works]
    same_form, same_layout = np.zeros((2, len(works), len(works)))
    surprises = []
    for where in dict.fromkeys(where for own in layouts for where in own):
        of_form, of_layout = (_numbered([own.get(where) for own in kind]) for kind in (forms, layouts))
        alike = _equal(of_layout)
        same_form += _equal(of_form) & (of_layout >= 0)[:, None] & (of_layout >= 0)[None, :]
        same_layout += alike
        counts = [np.maximum(np.bincount(numbers[numbers >= 0])[numbers] - 1, 1) for numbers in (of_form, of_layout)]
        surprises.append(np.where(alike, np.maximum(np.log(counts[0] / counts[1]), 0.0)[:, None], 0.0))
    followed, tried = same_layout * (same_layout - 1), same_layout * np.maximum(same_form - 1, 0)
    # The two themselves are left out: a copy is no habit.
    others = (np.triu(followed, 1).sum() - followed + BEFORE) / (np.triu(tried, 1).sum() - tried + OF_THESE)
    most = np.log(1 / np.clip(others, 1e-9, 1.0))
    excess = [np.maximum(surprise - most, 0.0) for surprise in surprises]
    total: np.ndarray = sum(excess, np.zeros_like(most)) - np.max([np.zeros_like(most), *excess], axis=0)
    return total


def _numbered(values: Sequence[object]) -> np.ndarray:
    """The same number for what is the same, and -1 for nothing."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(v for v in values if v is not None))}
    return np.array([-1 if value is None else numbers[value] for value in values])


def _equal(numbers: np.ndarray) -> np.ndarray:
    """For each two, whether both have something, and the same."""
    equal: np.ndarray = (numbers[:, None] == numbers[None, :]) & (numbers >= 0)[:, None]
    return equal


def _agreements(forms: Sequence[dict[str, frozenset[Feature]]]) -> np.ndarray:
    """For each two students, what their answers of this kind say, summed over the exercises."""
    total = np.zeros((len(forms), len(forms)))
    for where in dict.fromkeys(where for own in forms for where in own):
        counts = Counter(own[where] for own in forms if where in own)
        answered = counts.total()
        if answered < 3:
            continue
        column = _numbered([own.get(where) for own in forms])
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
