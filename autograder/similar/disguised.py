"""Of whom a copy could be told at all: short answers that others have, too, say nothing, whoever wrote them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence, Set

from autograder.similar.agreement import LAYOUT_KEPT, TAKEN_OVER, enough, forms_of
from autograder.similar.features import Feature, StudentWork
from autograder.similar.pairs import LEAST, pair_of, weights_of

KEPT = frozenset({"passage", "statement", "cell", "mistake", "form"})
"""What is left in a copy with other names, comments, sentences and blanks."""


def could_be_told(works: Sequence[StudentWork], given: Set[Feature], known: Set[Feature]) -> int:
    """Of how many students a copy would be listed that is disguised in every way but has the same code.

    Args:
        works: the class.
        given: what everybody was given.
        known: what the course knows as an answer that different students find by themselves.
    """
    # In the class with the copy everything that it takes over is there once more.
    counts = Counter({f: 1 for work in works for f in work.features if f not in given})
    counts.update(feature for work in works for feature in work.features if feature not in given)
    weights = weights_of(counts, known, len(works) + 1)
    forms = [forms_of(work, given) for work in works]
    shares = Counter((where, form) for own in forms for where, form in own.items())
    answered = Counter(where for own in forms for where in own)
    told = 0
    for work, own in zip(works, forms, strict=True):
        copy = StudentWork("", work.cells, {each: at for each, at in work.features.items() if each.kind in KEPT})
        alike = sum(
            max(math.log(TAKEN_OVER * answered[where] / shares[where, form]), 0.0)
            for where, form in own.items()
            if answered[where] > 1
        )
        agreement = math.log(1 - LAYOUT_KEPT) + alike
        if agreement >= enough(len(works) + 1) or pair_of(work, copy, counts, weights, known).evidence >= LEAST:
            told += 1
    return told
