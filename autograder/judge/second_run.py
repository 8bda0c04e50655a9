"""A failed test once more, in a fresh runner without what other exercises did to it.

An exercise pays for its own mistakes only. So a test that failed runs again if its answer builds on an earlier one that
did not pass (the lab's own functions stand in for those: the error is carried forward, as examiners do), if another
cell gave a name that it uses another meaning, or if another cell may have changed Python itself.

The text of a reference answer never enters the runner: a function that stands in asks the judge, and plain data
crosses. An exercise never gets points through its own reference answer, nor through that of a later exercise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from autograder.judge.answers import StudentAnswers, names_bound
from autograder.judge.foreseen import Foresight, asks_much
from autograder.judge.messages import OWN_CELL
from autograder.judge.oracle import Oracle
from autograder.judge.student_subject import Provision, Step
from autograder.notebook.cells import Role
from autograder.notebook.tampering import reaches_out
from autograder.protocol import codec


@dataclass(frozen=True)
class RanCell:
    """A cell that ran in the notebook's order.

    Attributes:
        role: what it is for.
        exercise: the exercise that it answers, "" if none.
        source: its text.
        worked: whether it can run again: it was not stopped.
        made: what it gave to the cells that follow (test cells only).
    """

    role: Role
    exercise: str
    source: str
    worked: bool
    made: Provision | None = None

    @cached_property
    def makes(self) -> frozenset[str]:
        """Names that it gives a meaning."""
        return names_bound(self.source)


@dataclass(frozen=True)
class Changes:
    """What is different in a second run.

    Attributes:
        steps: what happens in the runner before the test.
        carried: exercise -> its names for which the lab's own stand in, because it did not pass.
        provided: exercises for whose names the lab's own stand in, for whatever reason.
        overwritten: name -> exercise (or `OWN_CELL`) whose cell had given it another meaning.
        left_out: exercises (or `OWN_CELL`) whose cells may have changed Python itself.
    """

    steps: tuple[Step, ...] = ()
    carried: dict[str, tuple[str, ...]] = field(default_factory=dict)
    overwritten: dict[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    provided: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.carried or self.overwritten or self.left_out)

    @property
    def carried_names(self) -> list[str]:
        """The names for which the lab's own stand in, sorted."""
        return sorted(name for names in self.carried.values() for name in names)


def changes_for(
    exercise: str,
    test_names: Iterable[str],
    ran: Sequence[RanCell],
    answers: StudentAnswers,
    oracle: Oracle,
    carry: bool,
    *,
    briefly: bool = False,
) -> Changes:
    """What a second run of an exercise's tests would do differently; false if there is no reason for one.

    Args:
        exercise: whose tests failed.
        test_names: the student's names that those tests use.
        ran: the cells that ran before those tests, in order.
        answers: the student's answers, and which of them did not pass.
        oracle: the lab's trusted answers.
        carry: whether errors are carried forward.
        briefly: where the answer asks much, let the lab's own stand in for everything that it builds on, whatever it
            came to: what a right answer asks then is known, and the student's own gradients, taken numerically on top
            of the lab's network, would ask half a million times.
    """
    wanted = frozenset(test_names)
    needed = answers.names_needed(exercise, wanted)
    built_on = answers.builds_on(exercise, wanted)
    provisions: dict[str, Provision] = {}
    if carry and not answers.failed.isdisjoint(built_on):
        everything = briefly and asks_much(oracle.workbooks.get(exercise))
        for other in built_on:
            if everything or other in answers.failed:
                provision = _provision(other, needed, oracle)
                provisions |= {} if provision is None else {other: provision}
        if provisions and exercise in oracle.workbooks:
            foresight = _foresee(exercise, provisions, oracle)
            if briefly:  # otherwise it failed before, and most likely asks little
                foresight.prepare()
    kept, left_out = [], []
    for cell in ran:
        if cell.role == "answer" and cell.exercise not in (exercise, *built_on):
            left_out += [cell.exercise] if reaches_out(cell.source) else []
        elif cell.role in ("extra", "play") and reaches_out(cell.source):
            left_out.append(OWN_CELL)
        else:
            kept.append(cell)
    overwritten = _overwritten(exercise, needed | wanted, ran, answers)
    own_cells = {id(cell) for cell, names in overwritten if cell.role in ("extra", "play")}
    kept = [cell for cell in kept if id(cell) not in own_cells]
    meanings = {name: cell.exercise or OWN_CELL for cell, names in overwritten for name in names}
    restored = _to_restore(meanings, kept, answers, provisions)
    steps = _steps(exercise, kept, provisions, restored, answers.failed)
    return Changes(
        tuple(steps),
        {
            other: tuple(sorted({*one.functions, *one.values}))
            for other, one in provisions.items()
            if other in answers.failed
        },
        meanings,
        tuple(dict.fromkeys(left_out)),
        frozenset(provisions),
    )


def _provision(exercise: str, needed: frozenset[str], oracle: Oracle) -> Provision | None:
    """The lab's own names of an exercise, as far as they are needed; None if its reference answer does not run."""
    reference = oracle.workbooks[exercise].reference
    if reference is None:
        return None
    names = oracle.plan.exercises[exercise].names & needed
    functions, values = {}, {}
    for name, data in reference.subject.fetch(sorted(names)).items():
        value = codec.decode(data)
        if isinstance(value, codec.Function):
            functions[name] = value.signature
        else:
            values[name] = data
    return Provision(functions, values, reference.subject.outcome) if functions or values else None


def _foresee(exercise: str, provisions: dict[str, Provision], oracle: Oracle) -> Foresight:
    """Let what the exercise's answer will ask be foreseen, as far as it can be known."""
    answers = {name: one.answer for one in provisions.values() for name in one.functions}
    foresight = Foresight(oracle.workbooks[exercise], answers, lambda name, given: answers[name](name, given))
    for other, one in provisions.items():
        provisions[other] = replace(one, answer=foresight.outcome)
    return foresight


def _overwritten(
    exercise: str, needed: frozenset[str], ran: Sequence[RanCell], answers: StudentAnswers
) -> list[tuple[RanCell, list[str]]]:
    """Cells that gave a needed name another meaning than the cell to which it belongs, and those names."""
    owners = answers.plan.owners
    defined: dict[str, str] = {}  # name -> exercise whose cell made it and to which it belongs, "" for the lab's own
    found = []
    for cell in ran:
        makes = cell.makes & needed
        if cell.role == "locked":
            defined |= dict.fromkeys(makes, "")
            continue
        foreign = [
            name for name in sorted(makes) if name in defined and cell.exercise not in (exercise, defined[name] or None)
        ]
        if foreign:
            found.append((cell, foreign))
        if cell.role == "answer":
            defined |= {name: cell.exercise for name in makes if owners.get(name) == cell.exercise}
    return found


def _to_restore(
    overwritten: Iterable[str], kept: Sequence[RanCell], answers: StudentAnswers, provisions: dict[str, Provision]
) -> list[RanCell]:
    """Cells to run again right before the answer, since a cell that must stay has overwritten their names."""
    names = set(overwritten)
    if not names:
        return []
    found = []
    for cell in kept:
        own = cell.role == "locked" or (
            cell.role == "answer"
            and cell.exercise not in provisions
            and any(answers.plan.owners.get(name) == cell.exercise for name in names)
        )
        if own and names & cell.makes:
            found.append(cell)
    return found


def _steps(
    exercise: str,
    kept: Sequence[RanCell],
    provisions: dict[str, Provision],
    restored: Sequence[RanCell],
    failed: Collection[str],
) -> list[Step]:
    steps: list[Step] = []
    for cell in kept:
        if cell.made is not None:
            steps.append(cell.made)
        elif cell.role != "answer":
            steps += [cell.source] if cell.worked else []
        elif cell.exercise == exercise:
            steps += [other.source for other in restored if other.worked and other is not cell]
            steps += provisions.values()
            steps.append(cell.source)  # even if it was stopped: it may have been an earlier answer's fault
        else:
            stopped_for_another = not cell.worked and cell.exercise not in failed  # it passed in a second run
            steps += [cell.source] if cell.worked or stopped_for_another else []
            steps += [provisions[cell.exercise]] if cell.exercise in provisions else []
    return steps
