"""The trusted answers of one lab, ready to be asked: each exercise's reference and its catalogued mistakes.

Everything is made when it is first needed and kept, so that a worker which warms up before it forks makes it once.
"""

from __future__ import annotations

import ast
import copy
import dis
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.judge.clean_state import clean_state, start_drawing
from autograder.judge.compare import Part, differing, parts, taken_apart, value_parts
from autograder.judge.other_draws import other_draws
from autograder.judge.plan import Exercise, Plan, TestCell
from autograder.judge.remembered import Remembered
from autograder.judge.stepping import STEP, STEPS, OutOfSteps, StepCounter, compiled
from autograder.judge.subject import Called, TrustedSubject
from autograder.judge.testcell import TestRun, run_test
from autograder.judge.world import NOWHERE, HandedIn
from autograder.model.record import Verdict
from autograder.model.standing import Standing
from autograder.notebook.names import imported_packages
from autograder.notebook.parsed_lab import ParsedLab
from autograder.protocol import figures
from autograder.sandbox.outcomes import StudentError

_SHARED = ("__builtins__", STEP, STEPS)


Question = tuple[str, bytes | None]
"""A call with its encoded arguments, or (with None) the value of a name."""


def in_name_order(question: Question) -> tuple[str, bytes]:
    """A key that sorts questions always in the same way."""
    return question[0], question[1] or b""


MAX_QUESTIONS = 40  # of one test cell
MAX_ARGUMENT_BYTES = 1024 * 1024
STEADY_SALTS = (1, 2, 3)
MAX_CHEAP_STEPS = 3_000  # what the reference may take for a question that is asked for diagnosis' sake
MAX_CHEAP_BYTES = 64 * 1024
FAR_TOO_SLOW = 0.5  # seconds; only for what takes long without a step
IMPATIENT, PATIENT = (10, 2_000), (100, 100_000)  # times the reference's steps, and so many more
ENDLESS = Called(None, StudentError("OutOfSteps", ["OutOfSteps"], "", ""))


def is_endless(answer: Mapping[Part, Any]) -> bool:
    """Whether an answer is that a call was stopped for taking too many steps."""
    return answer.get(("raised", "")) is ENDLESS.raised


class CountedSubject(TrustedSubject):
    """Names of trusted code whose calls count their steps, and end when they take too many.

    Attributes:
        counter: counts the steps.
        cell_steps: those that its cell took.
        patience: how many times as many steps as the reference a call may take; None for no end.
        allowed: so many steps more.
        steps: what each call took.
        endless: whether the last call was stopped.
    """

    def __init__(self, namespace: dict[str, Any], counter: StepCounter, cell_steps: int) -> None:
        super().__init__(namespace)
        self.counter = counter
        self.cell_steps = cell_steps
        self.patience: int | None = None
        self.allowed = 0
        self.reference_steps: Mapping[tuple[str, bytes], int] = {}
        self.steps: dict[tuple[str, bytes], int] = {}
        self.endless = False

    def limit(self, reference_steps: Mapping[tuple[str, bytes], int], patience: int, allowed: int) -> None:
        """Stop each call that takes more than `patience` times the reference's steps and `allowed` more."""
        self.reference_steps, self.patience, self.allowed = reference_steps, patience, allowed

    def use(self, request: bytes, drawn: bytes, name: str) -> Called:
        """See `TrustedSubject.use`."""
        outcome = ENDLESS
        with self.counted(name, request):
            outcome = super().use(request, drawn, name)
        return ENDLESS if self.endless else outcome

    def call_anew(self, name: str, arguments: bytes) -> Called:
        """See `TrustedSubject.call_anew`."""
        outcome = ENDLESS
        with self.counted(name, arguments):
            outcome = super().call_anew(name, arguments)
        return ENDLESS if self.endless else outcome

    @contextmanager
    def counted(self, name: str, arguments: bytes) -> Iterator[None]:
        """Count the steps of a call in the body, and end it when it takes too many."""
        counter, key = self.counter, (name, arguments)
        usual = self.reference_steps.get(key, MAX_CHEAP_STEPS)
        counter.taken = 0
        counter.allowed = None if self.patience is None else self.patience * usual + self.allowed
        try:
            yield
        except OutOfSteps:
            pass
        finally:
            self.endless = counter.exhausted
            self.steps[key] = counter.taken
            counter.allowed = None


class Answers:
    """What one trusted answer to an exercise says to every question, taken apart and remembered.

    Args:
        subject: the answer as running code.
        salt: of other random streams than a seed usually starts; None for the usual ones.
    """

    def __init__(self, subject: CountedSubject, salt: int | None = None) -> None:
        self.subject = subject
        self.salt = salt
        self.known: dict[Question, dict[Part, Any]] = {}

    def to(self, question: Question) -> dict[Part, Any]:
        """The parts of its answer; none if the name is not defined."""
        if question not in self.known:
            with clean_state(), ExitStack() as drawn:
                if self.salt is not None:
                    drawn.enter_context(other_draws(self.salt))
                self.known[question] = self._ask(*question)
        return self.known[question]

    def depends(self, question: Question, others: Iterable[Answers]) -> bool:
        """Whether an answer depends on what is drawn at random: other streams give another one."""
        return any(differing(self.to(question), other.to(question)) for other in others)

    def _ask(self, name: str, arguments: bytes | None) -> dict[Part, Any]:
        if arguments is not None:
            return parts(self.subject.call(name, arguments))
        if figures.kind(value := self.subject.namespace.get(name)):  # making another one of its description takes long
            return taken_apart(value)
        found = self.subject.fetch([name])
        return value_parts(found[name]) if found else {}


@dataclass
class Mistake:
    """A wrong answer that is known: catalogued, or generated by a change of a right one.

    Attributes:
        name: of the file, or of what was changed.
        text: of the wrong answer.
        generated: the sentences of a generated one, one for each change; None for a catalogued one.
        fact: whether these say no more than what can be seen of the values.
    """

    name: str
    text: str
    generated: tuple[str, ...] | None = None
    fact: bool = False

    @cached_property
    def sentence(self) -> str:
        """What helps: a catalogued mistake's docstring, as one line."""
        if self.generated is not None:
            return " ".join(self.generated)
        return " ".join((ast.get_docstring(ast.parse(self.text)) or "").split())

    @property
    def changes(self) -> int:
        """How many changes of a right answer; 0 for a catalogued one."""
        return 0 if self.generated is None else len(self.generated)


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
        self._alternatives = plan.lab.alternatives.get(exercise.name, {})
        self.plan = plan
        self.counter = StepCounter()
        self._made: dict[tuple[str, int | None], Answers | None] = {}
        self._runs: dict[tuple[str, str], TestRun] = {}
        self._remembered = Remembered()
        self.known_answers: object = None  # kept here by `autograder.judge.kept_tables`
        self._variant: Workbook | None = None

    @cached_property
    def context(self) -> dict[str, Any]:
        """What stands before the exercise: set-up cells and earlier reference answers, as far as it is used."""
        namespace: dict[str, Any] = {"__name__": "__main__", "display": _show_nothing}
        tests = [test.code or "" for test in self.exercise.tests]
        tests += [piece.text for test in self.exercise.tests for piece in test.surroundings.pieces]
        texts = [self.exercise.answer, *(mistake.text for mistake in self.mistakes), *self.alternatives, *tests]
        self.counter.install(namespace)
        for text in self.plan.slice(self.exercise, texts, self.replaced):
            _run(text, namespace)
        return namespace

    @cached_property
    def alternatives(self) -> list[str]:
        """Texts of right answers in other forms, of those that import nothing that the lab does not import anyway."""
        before, _ = self.plan.before(self.exercise)
        usual = sys.stdlib_module_names | set().union(*map(imported_packages, (*before, self.exercise.answer)))
        return [text for _, text in sorted(self._alternatives.items()) if imported_packages(text) <= usual]

    @property
    def reference(self) -> Answers | None:
        """The reference answer; None if it does not run."""
        return self._answers(self.exercise.answer, wrong=False)

    def right(self, text: str, salt: int | None = None) -> Answers | None:
        """A right answer, perhaps with other random streams; None if it does not run."""
        return self._answers(text, wrong=False, salt=salt)

    def wrong(self, mistake: Mistake, salt: int | None = None) -> Answers | None:
        """A mistake's answer, perhaps with other random streams; None if it does not run."""
        return self._answers(mistake.text, wrong=True, impatient=mistake.changes > 0, salt=salt)

    def drawing_otherwise(self, salt: int) -> Answers | None:
        """The reference with other random streams; None if it does not run."""
        return self.right(self.exercise.answer, salt)

    def steady(self, mistake: Mistake, question: Question) -> bool:
        """Whether a mistake's answer to a question does not depend on what is drawn."""
        usual = self.wrong(mistake)
        others = (other for salt in STEADY_SALTS if (other := self.wrong(mistake, salt)) is not None)
        return usual is not None and not usual.depends(question, others)

    def trial(self, mistake: Mistake, most: int) -> CountedSubject | None:
        """A mistake's answer whose calls may not take much longer than the reference's, and which is not kept.

        To be called within a `clean_state`, and asked in the same one.

        Args:
            mistake: the mistake.
            most: steps that its cell may take.
        """
        subject = self._side(mistake.text, wrong=True, most=most, is_clean=True)
        if subject is not None and self.reference is not None:
            subject.limit(self.reference.subject.steps, *IMPATIENT)
        return subject

    def run(self, test: TestCell, mistake: Mistake | None = None) -> TestRun | None:
        """The test cell, run against the reference or against a mistake; None if that does not run."""
        key = test.name, mistake.text if mistake else ""
        if key not in self._runs:
            answers = self.wrong(mistake) if mistake else self.reference
            if answers is None:
                return None
            subject = answers.subject
            if mistake is None:  # whose functions may count their calls
                subject.repeats = set()
            try:
                allowed = self.handed_in(test) if mistake else None
                self._runs[key] = run_test(test, subject, allowed=allowed)
            finally:
                subject.repeats = None
        return self._runs[key]

    def handed_in(self, test: TestCell) -> HandedIn:
        """Where a test hands something of its own in to an object of the reference's."""
        run = self.run(test)
        return run.handed if run is not None else NOWHERE

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
            self._variant = Workbook(self.plan, self.exercise, replaced)
        return self._variant

    @property
    def _cell_steps(self) -> int:
        return self.reference.subject.cell_steps if self.reference is not None else 0

    def steps(self, question: Question) -> int:
        """Steps that the reference takes to answer; 0 for a value."""
        name, arguments = question
        if arguments is None or self.reference is None:
            return 0
        self.reference.to(question)
        return self.reference.subject.steps.get((name, arguments), 0)

    def cheap(self, question: Question) -> bool:
        """Whether a question may be asked beside the tests'; a count decides, so that a busy machine finds the same."""
        name, arguments = question
        if arguments is None:
            return True
        if len(arguments) > MAX_CHEAP_BYTES or self.steps(question) > MAX_CHEAP_STEPS or self.reference is None:
            return False
        return self.reference.subject.seconds.get((name, arguments), 0.0) < FAR_TOO_SLOW

    def fresh(self, mistake: Mistake) -> CountedSubject | None:
        """A mistake's answer that nobody has asked yet; None if it does not run."""
        return self._side(mistake.text, wrong=True)

    def _answers(self, text: str, wrong: bool, impatient: bool = False, salt: int | None = None) -> Answers | None:
        key = text, salt
        if key not in self._made:
            subject = self._side(text, wrong, salt)
            if subject is not None and wrong and self.reference is not None:
                subject.limit(self.reference.subject.steps, *(IMPATIENT if impatient else PATIENT))
            self._made[key] = Answers(subject, salt) if subject is not None else None
        return self._made[key]

    def _side(
        self, text: str, wrong: bool, salt: int | None = None, most: int | None = None, is_clean: bool = False
    ) -> CountedSubject | None:
        namespace = {key: value if key in _SHARED else _own_copy(value) for key, value in self.context.items()}
        counter = self.counter
        counter.taken = 0
        if wrong and salt is None and self._cell_steps > MAX_CHEAP_STEPS:
            namespace |= self._remembered.wrapped(namespace)
        with ExitStack() as drawn:
            if salt is not None:
                drawn.enter_context(other_draws(salt, namespace))
            counter.allowed = (10 * self._cell_steps + 20_000 if most is None else most) if wrong else None
            error = _run(text, namespace, findable=not wrong, is_clean=is_clean)
            counter.allowed, taken = None, counter.taken
        # A wrong answer may be one that raises: what it had defined before is still what it says.
        if error is None or (wrong and not isinstance(error, (SyntaxError, OutOfSteps))):
            return CountedSubject(namespace, counter, taken)
        return None


class Oracle:
    """The trusted answers to all exercises of a lab.

    Attributes:
        standings: of the tests that were tried on a submission of the reference.
        long: what came of tests that take the reference long, if that is known without running them: whether they are
            broken, and where they hand something in.
    """

    def __init__(self, lab: ParsedLab) -> None:
        self.plan = Plan(lab)
        self.workbooks = {name: Workbook(self.plan, exercise) for name, exercise in self.plan.exercises.items()}
        self.standings: Mapping[str, Standing] = {}
        self.long: dict[str, tuple[bool | None, HandedIn]] = {}

    def handed_in(self, test: TestCell) -> HandedIn:
        """Where a test may hand something in to an object of a student's: where it does to the reference's."""
        if test.name in self.long:
            return self.long[test.name][1]
        workbook = self.workbooks.get(test.exercise)
        return workbook.handed_in(test) if workbook else NOWHERE

    def broken(self, test: TestCell) -> bool | None:
        """Whether the reference answer itself fails a test; None if that cannot be found out."""
        if test.name in self.standings:
            return self.standings[test.name] is Standing.BROKEN
        if test.name in self.long:
            return self.long[test.name][0]
        workbook = self.workbooks.get(test.exercise)
        run = workbook.run(test) if workbook else None
        return None if run is None else run.verdict is not Verdict.PASSED


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


def _run(text: str, namespace: dict[str, Any], findable: bool = False, is_clean: bool = False) -> BaseException | None:
    """Run trusted text as a cell, whose source a test may look at; the exception that ended it, if one did."""
    with nullcontext() if is_clean else clean_state():
        start_drawing()
        try:
            exec(compiled(text, findable), namespace)
        except (Exception, SystemExit, OutOfSteps) as error:
            return error
    return None


def _own_copy(value: Any) -> Any:
    """Data that an answer might change is its own; functions and modules are shared."""
    return copy.deepcopy(value) if isinstance(value, (np.ndarray, list, dict, set)) else value


def _show_nothing(*shown: Any, **options: Any) -> None:
    """`display`, where nobody looks."""
