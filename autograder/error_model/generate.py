"""The mutants of an answer, one change at a time and two at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from autograder.error_model.code import Code, Edit, read
from autograder.error_model.operators import OPERATORS
from autograder.error_model.tree import replaced
from autograder.error_model.vocabulary import Vocabulary

MOST_SINGLES = 2000


@dataclass(frozen=True)
class Mutant:
    """One generated wrong answer.

    Attributes:
        name: stable and readable, e.g. ``sign_turned-b``; unique within one answer.
        text: the whole answer cell with the changes, valid Python.
        sentences: one per change, what a student reads.
        changes: number of changes, 1 or 2.
    """

    name: str
    text: str
    sentences: tuple[str, ...]
    changes: int


def single_mutants(answer: str, names: frozenset[str], vocabulary: Vocabulary) -> list[Mutant]:
    """Answers that differ from a right one in one place, the likeliest mistakes first.

    Args:
        answer: text of the answer cell.
        names: those that the exercise asks for.
        vocabulary: what other names mean.

    Returns:
        None for a text that cannot be parsed; never more than `MOST_SINGLES`.
    """
    code = read(answer, names, vocabulary)
    return [] if code is None else list(_singles(code).values())[:MOST_SINGLES]


def paired_mutants(answer: str, names: frozenset[str], vocabulary: Vocabulary, most: int) -> Iterator[Mutant]:
    """Answers with two changes in independent places, the likeliest first.

    Args:
        answer: see `single_mutants`.
        names: see `single_mutants`.
        vocabulary: see `single_mutants`.
        most: how many at most.
    """
    code = read(answer, names, vocabulary)
    if code is None:
        return
    edits = _edits(code)
    seen = {code.text()} | {mutant.text for mutant in _singles(code).values()}
    count = 0
    for total in range(1, 2 * len(edits) - 2):
        for first in range(max(0, total - len(edits) + 1), (total + 1) // 2):
            one, other = edits[first], edits[total - first]
            if one.keys & other.keys:
                continue
            with replaced((*one.replacements, *other.replacements)):
                text = code.text()
            if text in seen:
                continue
            seen.add(text)
            yield Mutant(f"{one.name}+{other.name}", text, (one.sentence, other.sentence), 2)
            count += 1
            if count >= most:
                return


def _edits(code: Code) -> list[Edit]:
    """All changes, the likeliest first, each under a name of its own."""
    made = [edit for operator in OPERATORS for place in code.places for edit in operator(place)]
    counts: Counter[str] = Counter()
    found = []
    for edit in sorted(made, key=lambda edit: -edit.weight):
        counts[edit.name] += 1
        count = counts[edit.name]
        found.append(replace(edit, name=f"{edit.name}-{count}") if count > 1 else edit)
    return found


def _singles(code: Code) -> dict[str, Mutant]:
    seen = {code.text()}
    found: dict[str, Mutant] = {}
    for edit in _edits(code):
        with replaced(edit.replacements):
            text = code.text()
        if text not in seen:
            seen.add(text)
            found[edit.name] = Mutant(edit.name, text, (edit.sentence,), 1)
    return found
