"""Which known wrong answers behave as a student's does, as far as anything is known of it.

Catalogued mistakes come before generated ones, and of these the ones with fewer changes. Everything that is known must
agree; for a function with several results, and for several names, a mistake may show in a part of them only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from autograder.judge.compare import Part, differing, numbers
from autograder.judge.evidence import Known
from autograder.judge.fingerprint import EXTRAS, Print, alike, summary
from autograder.judge.known_answers import KnownAnswers
from autograder.judge.oracle import Answers, Mistake, Question, Workbook, in_name_order, is_endless
from autograder.sandbox.outcomes import StudentError

MAX_CHECKED = 16  # mutants whose fingerprints agree and which are run to make sure
MIN_GUESSABLE = 3  # different values that, each for itself, could be chance
MIN_EXPLAINED, MIN_SPARED = 2, 3  # questions in which a mistake shows, and does not: where it shows tells as much
Place = tuple[str, Part]
"""A part of what one name answers."""


@dataclass(frozen=True)
class MistakeMatch:
    """A mistake that agrees with all that is known.

    Attributes:
        mistake: the mistake.
        whole: whether it answers every question as the student does, or only the parts in which it shows.
        explained: how many questions it answers otherwise than the reference.
        spared: how many it answers as the reference does.
        shared: the values in which mistake and student agree against the reference, other than exceptions.
    """

    mistake: Mistake
    whole: bool
    explained: int
    spared: int
    shared: tuple[Any, ...]

    @property
    def enough(self) -> bool:
        """Whether so much agrees that a generated mistake explains it better than chance, or it explains nothing."""
        if self.mistake.fact or any(not _guessable(value) for value in self.shared):
            return True
        if self.whole and self.explained >= MIN_EXPLAINED and self.spared >= MIN_SPARED:
            return True
        return len({summary(value) for value in self.shared}) >= MIN_GUESSABLE


def in_order(questions: Iterable[Question], steps: Callable[[Question], int]) -> list[Question]:
    """The cheapest first, and otherwise always in the same order."""
    return sorted(questions, key=lambda question: (steps(question), in_name_order(question)))


def match(
    mistake: Mistake,
    answers: Answers,
    reference: Answers,
    known: Known,
    asked: Sequence[Question],
    lenient: bool,
    steady: Callable[[Question], bool],
    wrong: set[Place],
) -> MistakeMatch | None:
    """Compare one mistake with what is known; None if anything speaks against it, or nothing for it.

    Whether the mistake's answer to a question is steady, that is does not depend on draws, takes trainings to find out,
    so only differing answers are looked at in that light; the others are no chance. What is `wrong`, where the student
    differs from the reference, is all that can speak for it: a mistake that differs there as well is given up early.
    """
    shows: set[Place] = set()  # where the mistake differs from the reference
    differs: set[Place] = set()  # where the student differs from the mistake
    solid, explained, spared = False, 0, 0
    shared: list[Any] = []
    for question in asked:
        theirs = answers.to(question)
        if is_endless(theirs):  # nobody knows what it would have said
            continue
        there = differing(theirs, known[question], lenient)
        if there and _may_be_chance(there, theirs, known[question]) and not steady(question):
            continue
        here = differing(reference.to(question), theirs, lenient)
        shows |= {(question[0], part) for part in here}
        differs |= {(question[0], part) for part in there}
        if shows & differs or wrong <= differs:
            return None
        solid = solid or _is_solid(here - there, theirs, known[question])
        explained += bool(here)
        spared += not here
        agreed = [theirs[part] for part in sorted(here - there, key=str) if part in theirs]
        shared += [value for value in agreed if not isinstance(value, StudentError)]
    return MistakeMatch(mistake, not differs, explained, spared, tuple(shared)) if solid else None


def _may_be_chance(there: set[Part], one: Mapping[Part, Any], other: Mapping[Part, Any]) -> bool:
    """Whether other draws may be all that two answers differ by: finite numbers of the same shape on both sides."""
    for part in there:
        ours, theirs = numbers(one.get(part)), numbers(other.get(part))
        if ours is None or theirs is None or ours.shape != theirs.shape:
            return False
        if not (np.isfinite(ours).all() and np.isfinite(theirs).all()):
            return False
    return True


@dataclass(frozen=True)
class Case:
    """What is known of a student's answer, and in what light it is looked at.

    Attributes:
        workbook: the reference and the catalogued mistakes.
        table: the generated mistakes.
        known: the student's answers.
        salt: of the random streams that the known answers draw from; None for the usual ones.
        steady_only: whether answers are compared only where they do not depend on draws.
        in_time: whether there is time left.
    """

    workbook: Workbook
    table: KnownAnswers
    known: Known
    salt: int | None
    steady_only: bool
    in_time: Callable[[], bool]

    @cached_property
    def reference(self) -> Answers | None:
        """The reference, drawing as the known answers do."""
        return self.workbook.right(self.workbook.exercise.answer, self.salt)

    def _compared(
        self, mistake: Mistake, asked: Sequence[Question], lenient: bool, wrong: set[Place]
    ) -> MistakeMatch | None:
        """See `match`; None also for a mistake that does not run."""
        answers = self.workbook.wrong(mistake, self.salt)
        if answers is None or self.reference is None:
            return None
        steady = partial(self.workbook.steady, mistake) if self.steady_only else _always
        return match(mistake, answers, self.reference, self.known, asked, lenient, steady, wrong)

    def catalogued(self, asked: Sequence[Question], lenient: bool) -> list[MistakeMatch]:
        """Catalogued mistakes that agree: whole matches first, then those that explain most."""
        found = self._agreeing(self.workbook.mistakes, asked, lenient)
        return sorted(found, key=lambda each: (not each.whole, -each.explained, each.mistake.name))

    def generated(self, asked: Sequence[Question], lenient: bool, rarer: Sequence[Mistake] = ()) -> list[MistakeMatch]:
        """Generated mistakes that agree and of which enough is known: one change, a part of it, then two changes.

        Args:
            asked: the questions.
            lenient: whether small differences do not count.
            rarer: the mistakes; those of the table if there are none.
        """
        assert self.workbook.reference is not None
        keys = [question for question in asked if self.salt is None or question not in self.table.drawn]
        mistakes = rarer or _Columns(self.table, self.known, keys, self.workbook.reference).candidates()
        found = [each for each in self._agreeing(mistakes, asked, lenient) if each.enough]
        return sorted(found, key=lambda each: (each.mistake.changes > 1, not each.whole))

    def _agreeing(
        self, mistakes: Iterable[Mistake], asked: Sequence[Question], lenient: bool
    ) -> Iterator[MistakeMatch]:
        if self.reference is None:
            return
        here = ((question, differing(self.reference.to(question), self.known[question], lenient)) for question in asked)
        wrong = {(question[0], part) for question, parts in here for part in parts}
        for mistake in mistakes:
            if not self.in_time():
                return
            if (agrees := self._compared(mistake, asked, lenient, wrong)) is not None:
                yield agrees


def contradict(case: Case, first: MistakeMatch, rivals: Sequence[MistakeMatch]) -> bool:
    """Whether equally simple explanations differ where the student could not be asked."""
    workbook = case.workbook
    questions = [*workbook.questions, *case.table.probes]
    unknown = [question for question in questions if question not in case.known and workbook.cheap(question)]
    one = workbook.wrong(first.mistake)
    for rival in rivals:
        alike_in_kind = (rival.mistake.changes, rival.whole) == (first.mistake.changes, first.whole)
        other = workbook.wrong(rival.mistake)
        if not alike_in_kind or rival.mistake.sentence == first.mistake.sentence or one is None or other is None:
            continue
        pairs = [(one.to(question), other.to(question)) for question in unknown]
        if any(differing(*pair, lenient=True) for pair in pairs if not any(map(is_endless, pair))):
            return True
    return False


class _Columns:
    """The part of a table's fingerprints that is known of a student."""

    def __init__(self, table: KnownAnswers, known: Known, asked: Sequence[Question], reference: Answers) -> None:
        self.table = table
        usable = set(asked)
        columns: list[int] = []
        self.places: list[Place] = []
        students: list[float] = []
        references: list[float] = []
        start = 0
        for question in table.keys:
            wanted = reference.to(question)
            if question in usable:
                columns += range(start, start + len(wanted) + EXTRAS)
                others = EXTRAS * (("", "other"),)
                self.places += [(question[0], part) for part in (*sorted(wanted, key=str), *others)]
                prints = Print(wanted)
                students += prints.of(known[question])
                references += prints.of(wanted)
            start += len(wanted) + EXTRAS
        fits = table.rows.ndim == 2 and table.rows.shape[1] == start
        self.rows = table.rows[:, columns] if fits else np.zeros((0, len(columns)))
        self.students, self.references = np.array(students), np.array(references)

    def candidates(self) -> Iterator[Mistake]:
        """Mutants that may agree, the simplest first."""
        if not len(self.rows):
            return
        agrees = alike(self.rows, self.students)
        whole = agrees.all(axis=1)
        partly = ~whole & self._partly(agrees)
        for chosen in (whole, partly):
            for index in np.flatnonzero(chosen)[:MAX_CHECKED]:
                yield self.table.mutants[index]

    def _partly(self, agrees: np.ndarray) -> np.ndarray:
        """Mutants that agree in every place in which they show."""
        as_reference = alike(self.rows, self.references)
        possible = np.ones(len(self.rows), bool)
        for place in set(self.places):
            here = np.array([other == place for other in self.places])
            possible &= as_reference[:, here].all(axis=1) | agrees[:, here].all(axis=1)
        singles = np.array([mutant.changes == 1 for mutant in self.table.mutants], bool)
        return np.asarray(possible & singles & ~as_reference.all(axis=1))


def _is_solid(shared: Iterable[Part], theirs: Mapping[Part, Any], got: Mapping[Part, Any]) -> bool:
    """Whether parts in which mistake and student agree against the reference tell more than "it raised something"."""
    for part in shared:
        if part not in theirs or part not in got:
            continue
        one, other = theirs[part], got[part]
        if not isinstance(one, StudentError) or one.message == other.message:
            return True
    return False


def _guessable(value: Any) -> bool:
    """Whether many different mistakes give this value: a round number or two."""
    array = numbers(value)
    if array is None or array.dtype.kind == "c":
        return value in ((), [], frozenset())
    flat = np.ravel(array)
    with np.errstate(all="ignore"):
        round_numbers = ~np.isfinite(flat) | (np.abs(flat * 100 - np.round(flat * 100)) < 1e-9)
    return bool(round_numbers.all()) and len(set(flat.tolist())) <= 2


def _always(question: Question) -> bool:
    """Where draws play no part."""
    return True
