"""The mutants of an answer, one change at a time and two at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.error_model.code import Code, Edit, Place
from autograder.error_model.forms import forms, read
from autograder.error_model.operators import INSIDE, OUTSIDE, Operator
from autograder.error_model.vocabulary import Vocabulary

MOST_SINGLES = 2000
FORM_DISCOUNT = 0.9  # of a change in a form that the answer was not written in
MOST_PAIRED = 100  # changes from which pairs are made
CROWD = 200  # changes of one kind, after which its next one counts half


@dataclass(frozen=True)
class Mutant:
    """One generated wrong answer.

    Attributes:
        name: stable and readable, e.g. ``sign_turned-b``; unique within one answer.
        text: the whole answer cell with the changes, valid Python.
        sentences: one per change, what a student reads.
        changes: number of changes, 1 or 2.
        fact: whether the sentences say no more than what can be seen of the values.
    """

    name: str
    text: str
    sentences: tuple[str, ...]
    changes: int
    fact: bool = False


def single_mutants(
    answer: str, names: frozenset[str], vocabulary: Vocabulary, *, outside: bool = True, most: int = MOST_SINGLES
) -> list[Mutant]:
    """Answers that differ from a right one in one place, the likeliest mistakes first.

    Args:
        answer: text of the answer cell.
        names: those that the exercise asks for.
        vocabulary: what other names mean.
        outside: whether changes of arguments and results are among them. They do the same to every right answer, so
            that one of them is enough.
        most: how many at most, so that nobody writes what nobody runs.

    Returns:
        None for a text that cannot be parsed.
    """
    code = read(answer, names, vocabulary)
    return [mutant for _, _, mutant in _singles(list(forms(code)), outside, most)] if code else []


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
    tried = list(forms(code))
    singles = _singles(tried, outside=True, most=2 * MOST_PAIRED)
    seen = {mutant.text for _, _, mutant in singles} | {form.text() for form in tried}
    chosen = [single for single in singles if not single[1].hides][:MOST_PAIRED]
    count = 0
    for total in range(1, 2 * len(chosen) - 2):
        for first in range(max(0, total - len(chosen) + 1), (total + 1) // 2):
            (form, one, mutant), (other_form, other, other_mutant) = chosen[first], chosen[total - first]
            if form is not other_form or one.keys & other.keys:
                continue
            text = _changed(form, one, other)
            if text is None or text in seen:
                continue
            seen.add(text)
            if count >= most:
                return
            count += 1
            told = (*mutant.sentences, *other_mutant.sentences)
            yield Mutant(f"{mutant.name}+{other_mutant.name}", text, told, 2, one.fact and other.fact)


def _singles(tried: Sequence[Code], outside: bool, most: int) -> list[tuple[Code, Edit, Mutant]]:
    """All changes of its forms with what they make of the answer, the likeliest first, each under a name of its own."""
    made = _weighed(tried, outside)
    seen = {form.text() for form in tried}
    counts: Counter[str] = Counter()
    names: set[str] = set()
    found: list[tuple[Code, Edit, Mutant]] = []
    for _, form, edit in sorted(made, key=lambda one: -one[0]):
        if len(found) == most:
            break
        text = _changed(form, edit)
        if text is None or text in seen or ("np." in text and "np" not in form.modules):
            continue
        seen.add(text)
        name = edit.name
        while name in names:
            counts[edit.name] += 1
            name = f"{edit.name}-{counts[edit.name] + 1}"
        names.add(name)
        sentence = edit.sentence[:1].upper() + edit.sentence[1:]
        found.append((form, edit, Mutant(name, text, (sentence,), 1, edit.fact)))
    return found


def _weighed(tried: Sequence[Code], outside: bool) -> list[tuple[float, Code, Edit]]:
    """All changes with their weights. Those of one kind count less and less, so that none keeps out the others."""
    made = [
        (edit.weight * (FORM_DISCOUNT if form.form else 1.0), form, edit)
        for form in tried
        for operator in ((*INSIDE, *OUTSIDE) if outside and not form.form else INSIDE)
        for place in form.places
        if place.is_new
        for edit in _made(operator, place)
    ]
    made.sort(key=lambda one: -one[0])
    counts: Counter[str] = Counter()
    weighed: list[tuple[float, Code, Edit]] = []
    for weight, form, edit in made:
        kind = edit.name.partition("-")[0]
        weighed.append((weight if edit.fact else weight / (1 + counts[kind] / CROWD), form, edit))
        counts[kind] += 1
    return weighed


def _made(operator: Operator, place: Place) -> list[Edit]:
    """The changes at one place; none where an operator meets what nobody has thought of: a lab may hold anything."""
    try:
        return list(operator(place))
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
        SyntaxError,
    ):
        return []


def _changed(form: Code, *edits: Edit) -> str | None:
    """The text of an answer with changes; None if that is no Python."""
    try:
        return form.writing.changed(tuple(replacement for edit in edits for replacement in edit.replacements))
    except SyntaxError:
        return None
