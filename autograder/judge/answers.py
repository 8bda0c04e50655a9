"""What a repaired notebook says of a student's answers before anything has run: which there are, and what they use."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.judge.plan import Plan
from autograder.notebook.cells import exercise_of, role_of
from autograder.notebook.names import MAX_PARSED, UNPARSABLE, bound_names, free_names, plain_python
from autograder.sandbox.outcomes import CellOutcome, StudentError


@dataclass
class Answer:
    """What is known of a student's answer to one exercise.

    Attributes:
        given: whether there is an answer at all, in its cell or in one of the student's own.
        outcome: what running the answer cell came to; None if it did not run.
        reads: names that the answer uses and does not make.
        makes: names that it makes.
        text: what stands in the answer cell.
    """

    given: bool = False
    outcome: CellOutcome | None = None
    reads: frozenset[str] = frozenset()
    makes: frozenset[str] = frozenset()
    text: str = ""

    @property
    def error(self) -> StudentError | None:
        """The exception that ended the answer cell, if one did."""
        return self.outcome.error if self.outcome is not None and self.outcome.status == "error" else None


@dataclass
class StudentAnswers:
    """All answers of one notebook.

    Attributes:
        plan: the lab's exercises.
        by_exercise: exercise -> its answer.
        failed: exercises with a test that did not pass.
        carried: exercises that passed only with the lab's own functions in the place of earlier ones.
    """

    plan: Plan
    by_exercise: dict[str, Answer] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    carried: set[str] = field(default_factory=set)

    def of(self, exercise: str) -> Answer:
        """The answer to an exercise; one that nothing is known of counts as given."""
        return self.by_exercise.get(exercise, Answer(given=True))

    def names_needed(self, exercise: str, test_names: Iterable[str] = ()) -> frozenset[str]:
        """Names that an answer, or its test, reads, and those that the answers to these read in turn."""
        owners = self.plan.owners
        names, new = set[str](), self.of(exercise).reads | set(test_names)
        while new:
            names |= new
            builds_on = {owners[name] for name in new & owners.keys()} - {exercise}
            new = frozenset().union(*(self.of(other).reads for other in builds_on)) - names
        return frozenset(names)

    def builds_on(self, exercise: str, test_names: Iterable[str] = ()) -> list[str]:
        """Earlier exercises whose names an answer or its test uses, directly or not, in the lab's order."""
        used = {self.plan.owners.get(name, "") for name in self.names_needed(exercise, test_names)}
        return [other for other in self.plan.earlier_than(exercise) if other in used]

    def failed_before(self, exercise: str) -> list[str]:
        """Names that an answer itself uses of earlier exercises that did not pass."""
        owners = self.plan.owners
        earlier = self.failed & set(self.plan.earlier_than(exercise))
        return sorted(name for name in self.of(exercise).reads if owners.get(name) in earlier)


def read_answers(cells: Sequence[dict[str, Any]], plan: Plan) -> StudentAnswers:
    """Find out which exercises have an answer; one may stand in a cell of the student's own.

    Args:
        cells: all cells of the repaired notebook, in order.
        plan: the lab's exercises.
    """
    answers = StudentAnswers(plan)
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    made_elsewhere = frozenset[str]().union(*(names_bound(cell["source"]) for cell in code if role_of(cell) == "extra"))
    for cell in code:
        exercise = plan.exercises.get(exercise_of(cell))
        if exercise is None or role_of(cell) != "answer":
            continue
        text = cell["source"]
        given = not exercise.says_nothing(text) or bool(exercise.names & made_elsewhere)
        answers.by_exercise[exercise.name] = Answer(given, reads=_names_read(text), makes=names_bound(text), text=text)
    return answers


def names_bound(text: str) -> frozenset[str]:
    """Names that a student's cell makes; none where it is too long, or no Python."""
    return _parsed(bound_names, text)


def _names_read(text: str) -> frozenset[str]:
    return _parsed(lambda cell: free_names(plain_python(cell)), text)


def _parsed(names: Callable[[str], Iterable[str]], text: str) -> frozenset[str]:
    if len(text) > MAX_PARSED:
        return frozenset()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return frozenset(names(text))
    except UNPARSABLE:
        return frozenset()
