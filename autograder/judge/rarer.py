"""Rarer generated mistakes, which no table has room for: tried only where nothing known fits an answer.

They are made and asked in a fork, as the tables are, so that nothing is prepared for answers that need none of it.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import msgpack
import numpy as np

from autograder.error_model import paired_mutants, single_mutants, vocabulary_of
from autograder.judge.apart import Begin, made_apart
from autograder.judge.clean_state import clean_state, no_alarm
from autograder.judge.compare import Part, differing
from autograder.judge.evidence import Known
from autograder.judge.known_answers import CALL_COST, CELL_COST, FIGURE, FIGURE_COST, PAIRS, KnownAnswers
from autograder.judge.oracle import Mistake, Question, Workbook
from autograder.judge.relations import numbers
from autograder.judge.trial import Asked

STEPS = 260_000  # budget of one search, a second or so
MOST_FOUND = 24
MOST_LIKELY = 200  # mutants that are run one after the other


def rarer_mistakes(workbook: Workbook, table: KnownAnswers, known: Known) -> list[Mistake]:
    """Generated mistakes beyond a table's that may explain an answer, the likeliest first.

    Args:
        workbook: the exercise.
        table: the mistakes that were tried already.
        known: the answer. Of its wrong parts, the cheapest question of each is asked, unless no formula gives
            such a value.
    """
    assert workbook.reference is not None
    telling = _telling(workbook, known)
    if not telling or not table.mutants:  # where none was made, none can be
        return []
    with no_alarm():
        packed = made_apart(lambda begin: _found(workbook, table, known, telling, begin))
    found = msgpack.unpackb(packed) if packed else []
    return [Mistake(name, text, tuple(sentences), fact) for name, text, sentences, fact in found]


def _telling(workbook: Workbook, known: Known) -> list[Question]:
    reference = workbook.reference
    assert reference is not None
    cheapest: dict[tuple[str, Part], Question] = {}
    for question in sorted(known, key=workbook.steps):
        if workbook.cheap(question):
            right, got = reference.to(question), known[question]
            for part in differing(right, got, lenient=True):
                if _of_a_kind(right.get(part), got.get(part)):
                    cheapest.setdefault((question[0], part), question)
    return list(dict.fromkeys(cheapest.values()))


def _of_a_kind(right: Any, got: Any) -> bool:
    """Whether a change of a formula may make one from the other: finite numbers in the same shape."""
    wanted, found = numbers(right), numbers(got)
    if wanted is None or found is None or wanted.shape != found.shape:
        return False
    no_truths = "b" not in (np.asarray(right).dtype.kind, np.asarray(got).dtype.kind)
    return no_truths and bool(np.all(np.isfinite(found)))


def _found(workbook: Workbook, table: KnownAnswers, known: Known, telling: Sequence[Question], begin: Begin) -> bytes:
    reference = workbook.reference
    assert reference is not None
    questions = [(Asked(question), reference.to(question), known[question]) for question in telling]
    most, left = 3 * reference.subject.cell_steps + 1_000, STEPS
    drawing = FIGURE_COST if any(FIGURE in right for _, right, _ in questions) else 0
    found: list[tuple[str, str, tuple[str, ...], bool]] = []
    for mistake in _beyond(workbook, table):
        if left < 0 or len(found) == MOST_FOUND:
            break
        subject = workbook.trial(mistake, most) if begin(zlib.crc32(mistake.text.encode()) + 1) else None
        if subject is None:
            left -= CELL_COST + drawing
            continue
        explains = False
        with clean_state():
            for asked, right, got in questions:
                answer = asked.of(subject)
                shows, differs = differing(right, answer, True), differing(answer, got, True)
                explains = bool(shows - differs) or explains
                if shows & differs or subject.endless:
                    explains = False
                    break
        left -= CELL_COST + drawing + subject.cell_steps + sum(CALL_COST + steps for steps in subject.steps.values())
        if explains:
            found.append((mistake.name, mistake.text, mistake.generated or (), mistake.fact))
    packed: bytes = msgpack.packb(found)
    return packed


def likeliest(workbook: Workbook) -> list[Mistake]:
    """The likeliest generated mistakes of an exercise, by a single change."""
    exercise, vocabulary = workbook.exercise, vocabulary_of(*workbook.plan.before(workbook.exercise))
    singles = single_mutants(exercise.answer, exercise.names, vocabulary, most=MOST_LIKELY)
    return [Mistake(mutant.name, mutant.text, mutant.sentences, mutant.fact) for mutant in singles]


def _beyond(workbook: Workbook, table: KnownAnswers) -> Iterator[Mistake]:
    """Single changes that are less likely than the table's, then pairs of which the same is true."""
    exercise, vocabulary = workbook.exercise, vocabulary_of(*workbook.plan.before(workbook.exercise))
    singles = single_mutants(exercise.answer, exercise.names, vocabulary)
    tried = {mistake.text for mistake in table.mutants}
    last = max((index for index, mutant in enumerate(singles) if mutant.text in tried), default=-1)
    likely = PAIRS // CELL_COST
    pairs = itertools.islice(paired_mutants(exercise.answer, exercise.names, vocabulary, 4 * likely), likely, None)
    for mutant in itertools.chain(singles[last + 1 :], pairs):
        yield Mistake(mutant.name, mutant.text, mutant.sentences, mutant.fact)
