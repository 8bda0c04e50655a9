"""What a student's names answered: to the tests, and to the questions that diagnosis asks beside them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.judge.compare import Part, differing, numbers, parts, value_parts
from autograder.judge.oracle import Mistake, Question, Workbook
from autograder.judge.subject import Called, Stopped, Subject
from autograder.judge.testcell import TestRun

MAX_REPLAYED = 40  # calls
MAX_ASKED = 100  # questions beside those of the tests
MAX_ANSWERED_BYTES = 8 * 1024 * 1024  # after which nothing more is asked
CALL_SECONDS = 0.5  # for one such question

Known = dict[Question, dict[Part, Any]]
"""Outcomes, taken apart."""


class Evidence:
    """What a student's names answered so far, for one exercise."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.outcomes: dict[Question, Called] = {}
        self._answers: Known = {}
        self.calls: list[tuple[str, bytes, Called]] = []
        self._asked_all = False
        self.rarer: list[Mistake] | None = None  # generated mistakes found for these answers, once they were looked for

    def add(self, run: TestRun) -> None:
        """Take in what one test of the exercise asked and got."""
        self.calls += [call for call in run.calls if call[0] in self.workbook.exercise.names]
        outcomes: dict[Question, Called] = {}
        for name, arguments, outcome in run.calls:
            outcomes.setdefault((name, arguments), outcome)
        for question in self.workbook.asked(run):
            if question not in self.outcomes:
                value = run.values.get(question[0])
                self.outcomes[question] = outcomes[question] if question in outcomes else Called(value)

    @property
    def answers(self) -> Known:
        """The outcomes taken apart, which nobody needs while every test passes."""
        for question, outcome in self.outcomes.items():
            if question not in self._answers:
                called = question[1] is not None
                self._answers[question] = parts(outcome) if called else value_parts(outcome.value or b"")
        return self._answers

    def telling(self, probes: Sequence[Question]) -> Known:
        """The answers that a known answer must agree with.

        Answers to probes on which the student's function raises or leaves the ordinary numbers are left out: how it
        does that depends on its form, not on its mistake. If all of them are of that kind, they are the mistake.
        """
        odd = {question for question in probes if question in self.answers and _is_odd(self.answers[question])}
        ordinary = {question: answer for question, answer in self.answers.items() if question not in odd}
        return ordinary if any(not _is_odd(answer) for answer in ordinary.values()) else self.answers

    @property
    def until_unsteady(self) -> list[tuple[str, bytes, Called]]:
        """The calls up to the first whose answer differs from an earlier answer to the same call; [] if none does."""
        first: dict[Question, dict[Part, Any]] = {}
        for position, (name, arguments, outcome) in enumerate(self.calls[:MAX_REPLAYED]):
            answer = parts(outcome)
            if differing(first.setdefault((name, arguments), answer), answer):
                return self.calls[: position + 1]
        return []

    def complete(self, subject: Subject, deadline: float, probes: Sequence[Question] = ()) -> None:
        """Put the questions that the reference was asked, and probes, to the student as well, once."""
        if self._asked_all:
            return
        self._asked_all = True
        missing = [question for question in (*self.workbook.questions, *probes) if question not in self.outcomes]
        for name, arguments in [question for question in missing if self.workbook.cheap(question)][:MAX_ASKED]:
            left = deadline - time.monotonic()
            answered = sum(len(outcome.value or b"") for outcome in self.outcomes.values())
            if left <= 0 or answered > MAX_ANSWERED_BYTES:
                return
            subject.begin(min(left, CALL_SECONDS))
            try:
                if arguments is not None:
                    self.outcomes[name, arguments] = subject.call(name, arguments)
                elif name in (fetched := subject.fetch([name])):
                    self.outcomes[name, arguments] = Called(fetched[name])
            except Stopped:
                return


def _is_odd(answer: dict[Part, Any]) -> bool:
    """Whether a function raised, or gave something that is not finite."""
    if ("raised", "") in answer:
        return True
    arrays = [array for array in map(numbers, answer.values()) if array is not None]
    return not all(bool(np.isfinite(array).all()) for array in arrays)
