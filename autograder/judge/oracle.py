"""The trusted answers of one lab, ready to be asked: each exercise's reference and its catalogued mistakes.

Everything is made when it is first needed and kept, so that a worker which warms up before it forks makes it once.
"""

from __future__ import annotations

import ast
import copy
import dis
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.judge.clean_state import clean_state
from autograder.judge.compare import Part, differing, parts, value_parts
from autograder.judge.plan import Exercise, Plan, TestCell
from autograder.judge.subject import TrustedSubject
from autograder.judge.testcell import TestRun, run_test
from autograder.model.record import Verdict
from autograder.notebook.names import plain_python
from autograder.notebook.parsed_lab import ParsedLab

Question = tuple[str, bytes | None]
"""A call with its encoded arguments, or (with None) the value of a name."""

MAX_QUESTIONS = 40  # of one test cell
MAX_ARGUMENT_BYTES = 1024 * 1024


class Answers:
    """What one trusted answer to an exercise says to every question, taken apart and remembered."""

    def __init__(self, subject: TrustedSubject) -> None:
        self.subject = subject
        self.known: dict[Question, dict[Part, Any]] = {}

    def to(self, question: Question) -> dict[Part, Any]:
        """The parts of its answer; none if the name is not defined."""
        if question not in self.known:
            with clean_state():
                self.known[question] = self._ask(*question)
        return self.known[question]

    def _ask(self, name: str, arguments: bytes | None) -> dict[Part, Any]:
        if arguments is not None:
            return parts(self.subject.call(name, arguments))
        found = self.subject.fetch([name])
        return value_parts(found[name]) if found else {}


@dataclass
class Mistake:
    """One catalogued mistake: a name, the sentence that helps, and the text of the wrong answer."""

    name: str
    text: str

    @cached_property
    def sentence(self) -> str:
        """Its docstring, as one line."""
        return " ".join((ast.get_docstring(ast.parse(self.text)) or "").split())


class Workbook:
    """One exercise of a lab, with the reference and the mistakes as running code.

    Args:
        plan: the lab.
        exercise: the exercise.
        replaced: earlier exercise -> text that stands for its reference answer.
    """

    def __init__(self, plan: Plan, exercise: Exercise, replaced: Mapping[str, str] | None = None) -> None:
        self.exercise = exercise
        self.replaced = dict(replaced or {})
        texts = plan.lab.mistakes.get(exercise.name, {})
        self.mistakes = [Mistake(name, text) for name, text in sorted(texts.items())]
        self._plan = plan
        self._made: dict[str, Answers | None] = {}
        self._runs: dict[tuple[str, str], TestRun] = {}
        self._variant: Workbook | None = None

    @cached_property
    def context(self) -> dict[str, Any]:
        """What stands before the exercise: set-up cells and earlier reference answers, as far as it is used."""
        namespace: dict[str, Any] = {"__name__": "__main__", "display": _show_nothing}
        tests = (test.source for test in self.exercise.tests)
        texts = [self.exercise.answer, *(mistake.text for mistake in self.mistakes), *tests]
        for text in self._plan.slice(self.exercise, texts, self.replaced):
            _run(text, namespace)
        return namespace

    @property
    def reference(self) -> Answers | None:
        """The reference answer; None if it does not run."""
        return self._answers("", self.exercise.answer)

    def wrong(self, mistake: Mistake) -> Answers | None:
        """A mistake's answer; None if it does not run."""
        return self._answers(mistake.name, mistake.text)

    def run(self, test: TestCell, mistake: Mistake | None = None) -> TestRun | None:
        """The test cell, run against the reference or against a mistake; None if that does not run."""
        key = test.name, mistake.name if mistake else ""
        if key not in self._runs:
            answers = self.wrong(mistake) if mistake else self.reference
            if answers is None:
                return None
            self._runs[key] = run_test(test, answers.subject)
        return self._runs[key]

    @cached_property
    def questions(self) -> list[Question]:
        """What the exercise's tests ask of the reference: calls of its functions, and its values."""
        found: dict[Question, None] = {}
        for test in self.exercise.tests:
            run = self.run(test)
            if run is not None:
                found |= dict.fromkeys(self.asked(run))
        return list(found)

    @cached_property
    def changing(self) -> list[Mistake]:
        """Mistakes that answer the same question differently when a test asks it again."""
        runs = [run for test in self.exercise.tests if (run := self.run(test)) is not None]
        asked = [(name, arguments) for run in runs for name, arguments, _ in run.calls if name in self.exercise.names]
        again = next((question for position, question in enumerate(asked) if question in asked[:position]), None)
        return [mistake for mistake in self.mistakes if again is not None and self._changes(mistake, *again)]

    def _changes(self, mistake: Mistake, name: str, arguments: bytes) -> bool:
        subject = self.fresh(mistake)
        if subject is None or not _may_change(subject.namespace.get(name), subject.namespace):
            return False
        with clean_state():
            first, second = (parts(subject.call_anew(name, arguments)) for _ in range(2))
        return bool(differing(first, second))

    def asked(self, run: TestRun) -> list[Question]:
        """What one run of a test asked of the exercise's own names."""
        own = self.exercise.names
        called = {name for name, _, _ in run.calls}
        values: list[Question] = [(name, None) for name in run.values if name in own and name not in called]
        calls: dict[Question, None] = {
            (name, arguments): None
            for name, arguments, _ in run.calls
            if name in own and len(arguments) <= MAX_ARGUMENT_BYTES
        }
        return values + list(calls)[:MAX_QUESTIONS]

    def on_top_of(self, replaced: Mapping[str, str]) -> Workbook:
        """The same exercise for a student whose earlier answers are other ones than the reference's."""
        if self._variant is None or self._variant.replaced != replaced:
            self._variant = Workbook(self._plan, self.exercise, replaced)
        return self._variant

    def cost(self, question: Question) -> float:
        """Seconds that the reference took to answer."""
        name, arguments = question
        known = self.reference.subject.seconds if self.reference is not None else {}
        return known.get((name, arguments or b""), 0.0)

    def fresh(self, mistake: Mistake) -> TrustedSubject | None:
        """A mistake's answer that nobody has asked yet; None if it does not run."""
        return self._side(mistake.text, wrong=True)

    def _answers(self, name: str, text: str) -> Answers | None:
        if name not in self._made:
            subject = self._side(text, wrong=bool(name))
            self._made[name] = Answers(subject) if subject is not None else None
        return self._made[name]

    def _side(self, text: str, wrong: bool) -> TrustedSubject | None:
        namespace = {key: _own_copy(value) for key, value in self.context.items()}
        error = _run(text, namespace)
        # A wrong answer may be one that raises: what it had defined before is still what it says.
        if error is None or (wrong and not isinstance(error, SyntaxError)):
            return TrustedSubject(namespace)
        return None


class Oracle:
    """The trusted answers to all exercises of a lab."""

    def __init__(self, lab: ParsedLab) -> None:
        self.plan = Plan(lab)
        self.workbooks = {name: Workbook(self.plan, exercise) for name, exercise in self.plan.exercises.items()}

    def broken(self, test: TestCell) -> bool | None:
        """Whether the reference answer itself fails a test; None if that cannot be found out."""
        workbook = self.workbooks.get(test.exercise)
        run = workbook.run(test) if workbook else None
        return None if run is None else run.verdict is not Verdict.PASSED


def warm(oracle: Oracle, seconds: float = 2.0) -> None:
    """Make a lab's trusted answers ready in this process, so that its forks need not.

    Args:
        oracle: the lab's; its packages must be importable (see `autograder.judge.packages`).
        seconds: CPU time that the mistakes may take, about; the cheapest questions first; what is not ready by then is
            made when it is needed.
    """
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].use("Agg")
    else:
        os.environ["MPLBACKEND"] = "Agg"
    for test in oracle.plan.tests:
        oracle.broken(test)
    for workbook in oracle.workbooks.values():
        _ = workbook.changing
    deadline = time.process_time() + seconds
    asked = [(workbook, question) for workbook in oracle.workbooks.values() for question in workbook.questions]
    for workbook, question in sorted(asked, key=lambda one: one[0].cost(one[1])):
        for answers in (workbook.reference, *map(workbook.wrong, workbook.mistakes)):
            if time.process_time() > deadline:
                return
            if answers is not None:
                answers.to(question)


def _may_change(function: Any, namespace: dict[str, Any]) -> bool:
    """Whether a function may answer the same call differently: it reads data from outside, or ignores a parameter."""
    code = getattr(function, "__code__", None)
    if code is None:
        return True
    loads = [one for one in dis.get_instructions(code) if one.opname.startswith("LOAD_")]
    parameters = set(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])
    outside = [namespace.get(str(one.argval)) for one in loads if one.opname == "LOAD_GLOBAL"]
    data = (np.ndarray, np.random.Generator, np.random.RandomState, list, tuple, dict, set)
    return not parameters <= {one.argval for one in loads} or any(isinstance(value, data) for value in outside)


def _run(text: str, namespace: dict[str, Any]) -> BaseException | None:
    """Run trusted text as a cell; the exception that ended it, if one did."""
    with clean_state():
        try:
            exec(compile(plain_python(text), "<trusted>", "exec"), namespace)
        except (Exception, SystemExit) as error:
            return error
    return None


def _own_copy(value: Any) -> Any:
    """Data that an answer might change is its own; functions and modules are shared."""
    return copy.deepcopy(value) if isinstance(value, (np.ndarray, list, dict, set)) else value


def _show_nothing(*shown: Any, **options: Any) -> None:
    """`display`, where nobody looks."""
