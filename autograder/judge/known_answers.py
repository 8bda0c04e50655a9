"""What an exercise's generated wrong answers do, as plain data: made once, kept on disk, searched in milliseconds.

For each exercise a table holds the probes that tell answers apart, which of all questions depend on random draws, and
for every mutant its text, its sentences and the fingerprint of its outcomes on the few questions that separate most.
Budgets are counts, never seconds: the table is the same on every machine.
"""

from __future__ import annotations

import itertools
import math
import zlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np

from autograder.error_model import Vocabulary, paired_mutants, single_mutants, vocabulary_of
from autograder.judge.apart import Begin
from autograder.judge.clean_state import clean_state
from autograder.judge.compare import Part, differing
from autograder.judge.fingerprint import Print, Shapes, shapes, slots
from autograder.judge.folders import is_about_files
from autograder.judge.oracle import Answers, CountedSubject, Mistake, Question, Workbook, in_name_order
from autograder.judge.probes import alone, probes
from autograder.judge.trial import Asked
from autograder.protocol import codec

CHANGED: Part = ("changed", "")
FIGURE: Part = ("axes", "")
WHOLE: Part = ("", "")
SALTS = (1, 2), (3, 4, 5, 6)  # other streams; the second ones are tried if the first make a difference
MAX_TRIED = 110  # probes that the right answers are asked
MAX_CANDIDATES = 48  # probes that they agree on, and wrong answers are asked
MIN_KEYS = 6
MAX_PROBES = 32  # probes that are kept
MAX_ALONE = 6  # of them, in which one argument was moved alone
MAX_KEYS = 8  # questions that every mutant is asked
MAX_DRAWN_KEYS = 2  # more of them, whose answer depends on draws
MAX_SAMPLE = 36  # mutants that show which questions separate
MAX_STEPS = 400  # that the reference takes for a question that mutants are asked
MAX_OTHER_STEPS = 3_000  # for all that only those are asked that look like a right answer
MAX_PROBE_STEPS, MAX_DRAWN_STEPS = 150, 150
SINGLES, PAIRS = 280_000, 50_000  # budgets in steps, about 5 microseconds each
CELL_COST, CALL_COST, FIGURE_COST = 150, 12, 3_000  # in steps: to run a cell, to make a call, to draw a figure
MAX_ALTERNATIVES, MAX_OF_ALTERNATIVE = 3, 120  # that are mutated, and mutants of one


Digest = tuple[bytes, Hashable]
"""The same for answers that behave alike."""


@dataclass(frozen=True)
class KnownAnswers:
    """The known answers to one exercise.

    Attributes:
        probes: questions beside those of the tests, to which every right answer gives the same.
        drawn: questions of the tests whose answer depends on random draws.
        keys: the questions of the fingerprints, cheap ones.
        mutants: the generated wrong answers, the simplest and likeliest first; no two behave alike.
        rows: their fingerprints, one row each.
        changing: other mutants, which answer the same question differently from call to call.
    """

    probes: tuple[Question, ...] = ()
    drawn: frozenset[Question] = frozenset()
    keys: tuple[Question, ...] = ()
    mutants: tuple[Mistake, ...] = ()
    rows: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    changing: tuple[Mistake, ...] = ()


def make_table(workbook: Workbook, begin: Begin = lambda label: True) -> KnownAnswers:
    """Run reference, alternatives and mutants on all that the tests ask and on probes.

    Takes a second or two of computing; an exercise whose reference does not run has an empty table.

    Args:
        workbook: the exercise.
        begin: called before anything is done with a mutant, see `autograder.judge.apart`.
    """
    reference = workbook.reference
    if reference is None:
        return KnownAnswers()
    if deals_with_objects(workbook):
        return KnownAnswers()  # no question tells two answers apart
    cheap = [question for question in workbook.questions if workbook.cheap(question)]
    asked = [question for question in cheap if workbook.steps(question) <= MAX_STEPS]
    others = [answers for answers in map(workbook.drawing_otherwise, SALTS[0]) if answers is not None]
    if any(reference.depends(question, others) for question in cheap):
        others += [answers for answers in map(workbook.drawing_otherwise, SALTS[1]) if answers is not None]
    drawn = frozenset(question for question in cheap if reference.depends(question, others))
    steady = [question for question in asked if question not in drawn]
    drawing = FIGURE_COST if any(FIGURE in reference.to(question) for question in asked) else 0
    cell_cost = CELL_COST + drawing + _cell_steps(workbook)
    singles = list(_singles(workbook, SINGLES // (cell_cost + MIN_KEYS * CALL_COST)))
    sample = _Trials(workbook, _spread(singles, min(MAX_SAMPLE, SINGLES // (4 * cell_cost))), begin)
    recorded = [question for question in workbook.questions if workbook.cheap(question)]
    vetted = _vetted(workbook, probes(recorded)[:MAX_TRIED], others if drawn else [])
    candidates = list(islice(vetted, MAX_CANDIDATES))
    kept = list(islice(_vetted(workbook, alone(recorded), others if drawn else []), MAX_ALONE))
    kept += [probe for probe in sample.separating(candidates, MAX_PROBES - len(kept)) if probe not in kept]
    kept += _unlike(candidates, kept, workbook.steps)[: max(0, MAX_PROBES // 2 - len(kept))]
    keys = sample.separating([*steady, *kept], MAX_KEYS)
    keys += _unlike([*steady, *kept], keys, workbook.steps)[: max(0, MIN_KEYS - len(keys))]
    quick = sorted((question for question in drawn if workbook.steps(question) <= MAX_DRAWN_STEPS), key=in_name_order)
    keys += sample.separating(quick, MAX_DRAWN_KEYS)
    others_too = [question for question in (*cheap, *kept) if question not in (*keys, *drawn)]
    collected = _Collected(workbook, keys, _within(others_too, workbook.steps))
    for mistakes, budget in ((singles, SINGLES), (_pairs(workbook), PAIRS)):
        for mistake in mistakes:
            if not begin(_label(mistake)):
                continue
            budget -= collected.add(mistake) + drawing
            if budget < 0:
                break
    rows = np.array(collected.rows).reshape(len(collected.rows), len(slots(collected.answers)))
    return KnownAnswers(tuple(kept), drawn, tuple(keys), tuple(collected.found), rows, tuple(collected.changing))


def deals_with_objects(workbook: Workbook) -> bool:
    """Whether all that an exercise's tests ask for are functions, because these are given objects of the tests'."""
    reference = workbook.reference
    return reference is not None and all(
        isinstance(reference.to(question).get(WHOLE), codec.Function) for question in workbook.questions
    )


class _Trials:
    """Some wrong answers, asked everything, to find the questions that separate them."""

    def __init__(self, workbook: Workbook, mistakes: Sequence[Mistake], begin: Begin) -> None:
        assert workbook.reference is not None
        self.reference, self.begin = workbook.reference, begin
        most = workbook.reference.subject.cell_steps + 1_000
        with clean_state():
            subjects = [
                (_label(mistake), workbook.trial(mistake, most)) for mistake in mistakes if begin(_label(mistake))
            ]
        self.subjects = [(label, subject) for label, subject in subjects if subject is not None]
        self.prints: dict[Question, list[Digest]] = {}
        self.steps = workbook.steps

    def separating(self, questions: Sequence[Question], most: int) -> list[Question]:
        """Few questions that tell the answers apart, the best first."""
        groups: list[Any] = [0] * (len(self.subjects) + 1)
        chosen: list[Question] = []
        prints = {question: self._prints(question) for question in questions}
        while len(chosen) < most:
            gains = {
                question: (len(set(zip(groups, prints[question], strict=True))) - len(set(groups)))
                / math.sqrt(CALL_COST + self.steps(question))
                for question in questions
                if question not in chosen
            }
            best = max(gains, key=lambda question: gains[question], default=None)
            if best is None or not gains[best]:
                break
            numbers: dict[Any, int] = {}
            groups = [numbers.setdefault(pair, len(numbers)) for pair in zip(groups, prints[best], strict=True)]
            chosen.append(best)
        return chosen

    def _prints(self, question: Question) -> list[Digest]:
        if question not in self.prints:
            wanted, asked = self.reference.to(question), Asked(question)
            prints = Print(wanted)
            with clean_state():
                answers = [
                    wanted,
                    *(
                        {} if subject.endless else asked.of(subject)
                        for label, subject in self.subjects
                        if self.begin(label)
                    ),
                ]
            self.prints[question] = [(_rounded(prints.of(answer)), shapes(answer)) for answer in answers]
        return self.prints[question]


class _Collected:
    """Mutants that behave like no right answer and like no mutant before them.

    Attributes:
        found: the mutants.
        rows: their fingerprints on the keys.
        answers: the reference's answers to the keys.
        changing: mutants whose answers are left to chance, or depend on the calls before.
    """

    def __init__(self, workbook: Workbook, keys: Sequence[Question], others: Sequence[Question]) -> None:
        assert workbook.reference is not None
        self.workbook = workbook
        self.answers = [workbook.reference.to(question) for question in keys]
        self.keys = _asked(workbook.reference, keys)
        self.others = _asked(workbook.reference, others)
        self.found: list[Mistake] = []
        self.rows: list[list[float]] = []
        self.changing: list[Mistake] = []
        self.seen: dict[Digest, int] = {}
        right = [workbook.reference, *filter(None, map(workbook.right, workbook.alternatives))]
        self.most = 3 * max(answers.subject.cell_steps for answers in right) + 1_000
        with clean_state():
            rows = [(answers.subject, _answered(answers.subject, self.keys)) for answers in right]
            self.right = {row.digest for _, row in rows}
            self.right_in_full = {self._in_full(subject, row).digest for subject, row in rows}

    def add(self, mistake: Mistake) -> int:
        """Run a mutant and keep it if it tells something new.

        Returns:
            What that cost, in steps.
        """
        with clean_state():
            subject = self.workbook.trial(mistake, self.most)
            if subject is None:
                return CELL_COST + self.most
            row = _answered(subject, self.keys)
            if not subject.endless:
                self._sort(mistake, subject, row)
        return CELL_COST + subject.cell_steps + sum(CALL_COST + steps for steps in subject.steps.values())

    def _sort(self, mistake: Mistake, subject: CountedSubject, row: _Row) -> None:
        # The last question once more: it depends on draws, if any does.
        again = _answered(subject, self.keys[-1:])
        if _rounded(again.numbers) != _rounded(row.numbers[-len(again.numbers) :]):
            self.changing.append(mistake)
            return
        digest = row.digest
        if digest in self.right:  # a rarer question may tell
            digest = self._in_full(subject, row).digest
        if digest in self.right_in_full or subject.endless:
            return
        place = self.seen.setdefault(digest, len(self.found))
        if place == len(self.found):
            self.found.append(mistake)
            self.rows.append(row.numbers)
        elif mistake.fact and not self.found[place].fact:  # which is true even where the other is not
            self.found[place] = mistake

    def _in_full(self, subject: CountedSubject, row: _Row) -> _Row:
        """The row of an answer, with what it says to the other questions as well."""
        more = _answered(subject, self.others)
        return _Row([*row.numbers, *more.numbers], (*row.shapes, *more.shapes))


@dataclass(frozen=True)
class _Row:
    """What an answer gave to some questions: the numbers of its fingerprint, and the shapes of its arrays."""

    numbers: list[float]
    shapes: tuple[Shapes, ...]

    @property
    def digest(self) -> Digest:
        """The same for answers that behave alike."""
        return _rounded(self.numbers), self.shapes


def _asked(reference: Answers, questions: Iterable[Question]) -> list[tuple[Asked, Print]]:
    """Questions that many answers are asked, and what makes their fingerprints."""
    return [(Asked(question), Print(reference.to(question))) for question in questions]


def _answered(subject: CountedSubject, questions: Iterable[tuple[Asked, Print]]) -> _Row:
    row: list[float] = []
    told: list[Shapes] = []
    for question, prints in questions:
        answer = question.of(subject)
        row += prints.of(answer)
        told.append(shapes(answer))
        if subject.endless:
            break
    return _Row(row, tuple(told))


def _within(questions: Iterable[Question], steps: Callable[[Question], int]) -> list[Question]:
    """The cheapest of them, as many as may be asked of what looks like a right answer."""
    chosen: list[Question] = []
    left = MAX_OTHER_STEPS
    for question in sorted(questions, key=steps):
        left -= CALL_COST + steps(question)
        if left < 0:
            break
        chosen.append(question)
    return chosen


def _unlike(
    questions: Iterable[Question], chosen: Sequence[Question], steps: Callable[[Question], int]
) -> list[Question]:
    """The others; first those that take as many steps as none before, as two turns of a loop tell more than one."""
    seen = set(map(steps, chosen))
    others = [question for question in questions if question not in chosen]
    new = [question for question in others if steps(question) not in seen and not seen.add(steps(question))]  # type: ignore[func-returns-value]
    return [*new, *(question for question in others if question not in new)]


def _label(mistake: Mistake) -> int:
    return zlib.crc32(mistake.text.encode()) + 1


def _rounded(row: Sequence[float]) -> bytes:
    """The same for rows that differ by rounding errors only."""
    return ",".join([f"{number + 0.0:.6e}" for number in row]).encode()


def _vetted(workbook: Workbook, tried: Iterable[Question], others: Sequence[Answers]) -> Iterator[Question]:
    """Those to which the reference has an answer that does not depend on draws, and all right answers the same."""
    reference = workbook.reference
    assert reference is not None
    if is_about_files(workbook.exercise.answer):  # a moved argument may be the name of a file that it would write
        return
    right = [answers.subject for answers in map(workbook.right, workbook.alternatives) if answers is not None]
    for probe in tried:
        if not workbook.cheap(probe) or workbook.steps(probe) > MAX_PROBE_STEPS:
            continue
        answer, asked = reference.to(probe), Asked(probe)
        if ("raised", "") in answer or answer[CHANGED] or reference.depends(probe, others):
            continue
        with clean_state():
            objects = next((s for s in right if differing(answer, asked.of(s), lenient=True)), None)
        if objects is None:
            yield probe
        else:  # it will be the first to object to the next one as well
            right.remove(objects)
            right.insert(0, objects)


def _cell_steps(workbook: Workbook) -> int:
    """Steps of the reference's cell, without those of calls that are remembered."""
    same = Mistake("", workbook.exercise.answer)
    subjects = [workbook.fresh(same) for _ in range(2)]  # the first one makes the calls
    return min(subject.cell_steps for subject in subjects if subject is not None)


def _singles(workbook: Workbook, most: int) -> Iterator[Mistake]:
    """At most so many single mutants of the reference, then of some alternatives, each text once."""
    exercise, vocabulary = workbook.exercise, _vocabulary(workbook)
    of_alternatives = (
        mutant
        for text in sorted(workbook.alternatives, key=len)[:MAX_ALTERNATIVES]
        for mutant in single_mutants(text, exercise.names, vocabulary, outside=False, most=MAX_OF_ALTERNATIVE)
    )
    texts: set[str] = set()
    of_reference = single_mutants(exercise.answer, exercise.names, vocabulary, most=most)
    for mutant in itertools.chain(of_reference, of_alternatives):
        if len(texts) == most:
            return
        if mutant.text not in texts:
            texts.add(mutant.text)
            yield Mistake(mutant.name, mutant.text, mutant.sentences, mutant.fact)


def _pairs(workbook: Workbook) -> Iterator[Mistake]:
    most = PAIRS // CELL_COST
    for mutant in paired_mutants(workbook.exercise.answer, workbook.exercise.names, _vocabulary(workbook), most):
        yield Mistake(mutant.name, mutant.text, mutant.sentences, mutant.fact)


def _vocabulary(workbook: Workbook) -> Vocabulary:
    return vocabulary_of(*workbook.plan.before(workbook.exercise))


def _spread(mistakes: Sequence[Mistake], most: int) -> list[Mistake]:
    """At most so many of them, from all over."""
    return list(mistakes[:: max(1, -(-len(mistakes) // most))])
