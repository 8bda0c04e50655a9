"""Tests that cannot be judged from outside, run beside the student's code in a runner of their own.

They are weak: whoever shares a process with a test can make it pass. So only their verdicts come out of it. What the
student's process says or shows while tests are in it never reaches the student, because it may quote a hidden test.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from autograder.judge import messages
from autograder.judge.student_subject import STOPPING, Runner, StudentSubject
from autograder.judge.subject import Stopped
from autograder.model.limits import Limits
from autograder.model.record import Verdict
from autograder.notebook.cells import grade_id, points_of, role_of
from autograder.sandbox.outcomes import CellOutcome


@dataclass(frozen=True)
class BesideRun:
    """What a test came to beside the student's code.

    Attributes:
        verdict: the verdict.
        points: points given; None if not gradable.
        sentence: what to tell the student.
        seconds: wall time.
    """

    verdict: Verdict
    points: float | None
    sentence: str = ""
    seconds: float = 0.0


def run_beside(
    cells: Sequence[Any],
    tests: Collection[str],
    start_runner: Callable[[], Runner],
    limits: Limits,
    faults: list[str],
) -> dict[str, BesideRun]:
    """Run a whole notebook, its test cells included and in their places, as plain nbgrader does.

    Args:
        cells: code cells of the repaired notebook, in order; test cells hold their hidden part.
        tests: grade ids of the test cells whose verdicts are wanted.
        start_runner: gives a fresh runner that sees the submission's files.
        limits: bounds on what the submission may use.
        faults: takes the tracebacks of the engine's own faults. What the runner noticed is left: it may be the test's.

    Returns:
        Grade id -> verdict.
    """
    found: dict[str, BesideRun] = {}
    wanted = set(tests)
    with closing(StudentSubject(start_runner, limits)) as subject:
        for cell in cells:
            if not wanted:
                break
            is_test, name = role_of(cell) == "test", grade_id(cell)
            run = _run(cell, subject, points_of(cell) if is_test else 0.0)
            if is_test and name in wanted:
                wanted.discard(name)
                found[name] = run
        faults += subject.faults
    return found


def _run(cell: Any, subject: StudentSubject, points: float) -> BesideRun:
    if not cell["source"].strip():
        return BesideRun(Verdict.PASSED, points)
    try:
        outcome = subject.execute(cell["source"], ours=role_of(cell) in ("locked", "test"))
    except Stopped as stopped:
        return BesideRun(stopped.verdict, None if stopped.verdict is Verdict.NOT_GRADABLE else 0.0, stopped.sentence)
    if (verdict := STOPPING.get(outcome.status)) is not None:
        return BesideRun(verdict, 0.0, messages.stopped(verdict, subject.cell_seconds), outcome.seconds)
    given = min(max(_given(outcome, points), 0.0), points) if outcome.status == "ok" else 0.0
    if outcome.status != "ok" or (given == 0 and points > 0):
        return BesideRun(Verdict.FAILED, 0.0, messages.NO_SENTENCE, outcome.seconds)
    sentence = messages.partial(given, points, "") if given < points else ""
    return BesideRun(Verdict.PASSED, given, sentence, outcome.seconds)


def _given(outcome: CellOutcome, points: float) -> float:
    """By nbgrader's convention, a number that a test cell shows as its value is points; otherwise it gives all."""
    for output in outcome.outputs:
        if output["output_type"] == "execute_result":
            try:
                number = float(output["data"].get("text/plain", ""))
            except ValueError:
                continue
            return 0.0 if math.isnan(number) else number
    return points
