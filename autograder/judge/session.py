"""Walk a repaired notebook from top to bottom: the student's cells run in the runner, test cells are judged here.

Every autograded test cell of the lab gets exactly one record, in the lab's order, whatever happens on the way.
"""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.judge import messages
from autograder.judge.clean_state import TimeUp, alarm, memory
from autograder.judge.diagnosis import BUDGET_SECONDS, Diagnosis, Evidence, diagnose
from autograder.judge.oracle import Oracle, oracle_of
from autograder.judge.outputs import of_test, stream, with_record
from autograder.judge.plan import TestCell, exercise_of, role_of
from autograder.judge.student_subject import STOPPING, Runner, StudentSubject
from autograder.judge.subject import Stopped
from autograder.judge.testcell import TestRun, run_test
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Record, Verdict
from autograder.notebook import demonstrations
from autograder.notebook.names import MAX_PARSED, UNPARSABLE, bound_names, free_names, plain_python
from autograder.notebook.tampering import reaches_out
from autograder.sandbox.outcomes import CellOutcome, StudentError


@dataclass
class SessionOutcome:
    """What walking a notebook came to.

    Attributes:
        records: one for each autograded test cell of the lab, in the lab's order.
        sightings: what the runner reported, one sentence each.
        notebook: the executed notebook, with outputs and records.
    """

    records: list[Record]
    sightings: list[str]
    notebook: Any


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


def run_session(repaired_notebook: Any, lab: Lab, start_runner: Callable[[], Runner], limits: Limits) -> SessionOutcome:
    """Run and judge one submission.

    Args:
        repaired_notebook: nbformat-4 notebook whose cells carry their roles; it is changed in place.
        lab: the lab; its packages must be importable here (see `autograder.judge.packages`).
        start_runner: gives a fresh runner that sees the submission's files.
        limits: bounds, see `autograder.model.limits.Limits`.
    """
    session = _Session(repaired_notebook, oracle_of(lab), StudentSubject(start_runner, limits), limits)
    try:
        session.walk()
    finally:
        session.subject.drop()
    return SessionOutcome(session.all_records(), session.subject.sightings, repaired_notebook)


@dataclass
class _Session:
    notebook: Any
    oracle: Oracle
    subject: StudentSubject
    limits: Limits
    records: dict[str, Record] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    extras: list[str] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    mistaken: dict[str, str] = field(default_factory=dict)

    def walk(self) -> None:
        """Run every cell, in order; test cells that stand together share one fetch of names."""
        tests = {test.name: test for test in self.oracle.plan.tests}
        self._look_at_answers()
        cells = [cell for cell in self.notebook["cells"] if cell["cell_type"] == "code"]
        if not self.limits.demonstrations:
            idle = demonstrations.idle(cells)
            for position in idle:
                cells[position]["execution_count"] = None
                cells[position]["outputs"] = [stream(demonstrations.NOT_RUN)]
            cells = [cell for position, cell in enumerate(cells) if position not in idle]
        for is_test, group in itertools.groupby(cells, key=lambda cell: role_of(cell) == "test"):
            if not is_test:
                for cell in group:
                    self._run_cell(cell)
                continue
            found = [(cell, tests.get(str(cell["metadata"].get("nbgrader", {}).get("grade_id")))) for cell in group]
            ours = [(cell, test) for cell, test in found if test is not None and test.name not in self.records]
            values = self._fetch([test for _, test in ours])
            for cell, test in ours:
                record, run = self._judged(test, values)
                self.records[test.name] = record
                cell["outputs"] = of_test(record, run)
                with_record(cell, record)

    def all_records(self) -> list[Record]:
        """Records in the lab's order; a test cell that the notebook lacks is our fault, and said to be."""
        return [
            self.records.get(test.name)
            or self._record(test, Verdict.NOT_GRADABLE, None, "This test is missing in the repaired notebook.")
            for test in self.oracle.plan.tests
        ]

    def _look_at_answers(self) -> None:
        """Which exercises have an answer at all; one may stand in a cell of the student's own."""
        made_elsewhere: set[str] = set()
        for cell in self.notebook["cells"]:
            if cell["cell_type"] == "code" and role_of(cell) == "extra":
                made_elsewhere |= _bound(cell["source"])
                self.extras.append(cell["source"])
        for cell in self.notebook["cells"]:
            exercise = self.oracle.plan.exercises.get(exercise_of(cell))
            if exercise is None or cell["cell_type"] != "code" or role_of(cell) != "answer":
                continue
            text = cell["source"]
            given = not exercise.says_nothing(text) or bool(exercise.names & made_elsewhere)
            self.answers[exercise.name] = Answer(given, reads=_read(text), makes=_bound(text), text=text)

    def _run_cell(self, cell: Any) -> None:
        cell["outputs"], cell["execution_count"] = [], None
        if not cell["source"].strip():
            return
        try:
            outcome = self.subject.execute(cell["source"], ours=role_of(cell) == "locked")
        except Stopped as stopped:
            cell["outputs"] = [{"output_type": "stream", "name": "stderr", "text": stopped.sentence + "\n"}]
            return
        cell["outputs"], cell["execution_count"] = list(outcome.outputs), outcome.execution_count
        if (verdict := STOPPING.get(outcome.status)) is not None:
            sentence = messages.stopped(verdict, self.subject.cell_seconds)
            cell["outputs"].append({"output_type": "stream", "name": "stderr", "text": sentence + "\n"})
        if role_of(cell) == "answer" and (answer := self.answers.get(exercise_of(cell))) is not None:
            answer.outcome = outcome

    def _fetch(self, tests: Sequence[TestCell]) -> dict[str, bytes] | None:
        """All names of some tests at once; None if that fails, then each test asks for its own."""
        names = sorted({name for test in tests for name in test.names})
        self.subject.begin(self.subject.cell_seconds)
        try:
            values = self.subject.fetch(names)
        except Stopped:
            return None
        return None if self.subject.problems and len(tests) > 1 else values

    def _judged(self, test: TestCell, values: Mapping[str, bytes] | None) -> tuple[Record, TestRun | None]:
        """The verdict on one test; a fault of the engine's own costs a look by a person, not the other tests."""
        try:
            return self._judge(test, values)
        except Exception as error:
            reason = f"{messages.ENGINE_FAILED} ({type(error).__name__})"
            return self._record(test, Verdict.NOT_GRADABLE, None, reason), None

    def _judge(self, test: TestCell, values: Mapping[str, bytes] | None) -> tuple[Record, TestRun | None]:
        try:
            self.subject.prepare()
        except Stopped as stopped:
            points = None if stopped.verdict is Verdict.NOT_GRADABLE else 0.0
            return self._record(test, stopped.verdict, points, stopped.sentence), None
        seconds = min(self.subject.cell_seconds, self.subject.seconds_left)
        run = run_test(test, self.subject, seconds, self.limits.memory_bytes, values)
        if run.broken_off:
            self.subject.drop()
        if run.verdict not in (Verdict.PASSED, Verdict.NOT_GRADABLE):
            run = self._apart(test, seconds) or run
        evidence = self._evidence(test.exercise)
        if evidence is not None and run.verdict is not Verdict.NOT_GRADABLE:
            evidence.add(run)
        record = self._record(test, run.verdict, run.points, run.sentence, seconds=run.seconds)
        if run.verdict is not Verdict.PASSED:
            self.failed.add(test.exercise)
        if run.verdict is Verdict.FAILED:
            record = self._explained(test, run, record)
        return record, run

    def _apart(self, test: TestCell, seconds: float) -> TestRun | None:
        """The test once more, without cells outside its exercise that may have changed Python itself.

        Returns:
            The new run if it passes, so that one exercise's cell costs no other exercise its points; else None.
        """
        needed = self._needed(test.exercise)
        suspects = {
            one.text: name for name, one in self.answers.items() if name not in needed and reaches_out(one.text)
        }
        suspects |= dict.fromkeys(filter(reaches_out, self.extras), "the student's own")
        if not suspects or self.subject.seconds_left < seconds:
            return None
        alive = self.subject.alive
        with self.subject.without(suspects, last=self._answer_to(test).text):
            try:
                self.subject.prepare()
            except Stopped:
                return None
            run = run_test(test, self.subject, seconds, self.limits.memory_bytes)
        if run.verdict is not Verdict.PASSED:
            if alive:  # diagnosis asks more only of a runner that is there
                with suppress(Stopped):
                    self.subject.prepare()
            return None
        self.subject.sightings.append(messages.passed_apart(test.name, sorted(set(suspects.values()))))
        return run

    def _answer_to(self, test: TestCell) -> Answer:
        return self.answers.get(test.exercise, Answer(given=True))

    def _needed(self, exercise: str) -> set[str]:
        """An exercise and those whose names its answer uses, and theirs in turn."""
        owners = self.oracle.plan.owners
        needed, new = set[str](), {exercise}
        while new:
            needed |= new
            read = {name for one in new if one in self.answers for name in self.answers[one].reads}
            new = {owners[name] for name in read & owners.keys()} - needed
        return needed

    def _explained(self, test: TestCell, run: TestRun, record: Record) -> Record:
        """A failed test's record with the reason: no answer, a cell that stopped, a mistake, expected and got."""
        broken = self.oracle.broken(test)
        if broken or (broken is None and run.suspect):
            return replace(record, verdict=Verdict.NOT_GRADABLE, points=None, message=messages.TEST_BROKEN)
        exercise = self.oracle.plan.exercises.get(test.exercise)
        answer = self._answer_to(test)
        if not answer.given:
            return replace(record, verdict=Verdict.NOT_ANSWERED, message=messages.NOT_ANSWERED)
        if run.missing is not None:
            own = exercise is None or run.missing in exercise.names
            if own and answer.outcome is not None and (verdict := STOPPING.get(answer.outcome.status)) is not None:
                sentence = messages.stopped(verdict, self.subject.cell_seconds)
                return replace(record, verdict=verdict, message=sentence)
            if own and answer.text in self.subject.poisoned:
                return replace(record, verdict=Verdict.CRASH, message=messages.POISONED)
            sentences = [messages.undefined(run.missing, own, answer.error), *self._elsewhere(test, answer)]
            return replace(record, message=messages.joined(sentences))
        stopped = [messages.broken_off(answer.error)] if answer.error is not None else []
        if stopped and not run.calls:  # values of a cell that broke off: what they are by then tells nothing
            return replace(record, message=messages.joined([*stopped, *self._elsewhere(test, answer)]))
        blamed = self._failed_before(test.exercise, answer)
        unread = [name for name in test.names if name in self.subject.problems]
        diagnosis = Diagnosis() if unread else self._diagnosis(test, run, bool(blamed))
        sentences = [*stopped, run.sentence, *map(messages.out_of_reach, unread)]
        if diagnosis.mistake is not None or not blamed:
            sentences.append(diagnosis.sentence)
        if diagnosis.mistake is None and run.changed:
            sentences.append(messages.CHANGED_ADVICE)
        if blamed or diagnosis.mistake is None:
            sentences += self._elsewhere(test, answer)
        return replace(record, message=messages.joined(sentences), mistake=diagnosis.mistake)

    def _diagnosis(self, test: TestCell, run: TestRun, builds_on_failed: bool) -> Diagnosis:
        """What diagnosis finds; whatever happens to it, the record stands."""
        evidence = self._evidence(test.exercise)
        if evidence is None:
            return Diagnosis()
        # Asking more takes time: not of functions that are slow, not of a runner that is gone.
        askable = self.subject.alive and run.seconds < 1 and self.subject.seconds_left > 10
        earlier = {name: text for name, text in self.mistaken.items() if builds_on_failed and name != test.exercise}
        diagnosis = Diagnosis()
        try:
            with alarm(2 * BUDGET_SECONDS), memory(self.limits.memory_bytes):
                diagnosis = diagnose(test, evidence, self.subject if askable else None, run.sentence, earlier)
        except TimeUp:
            self.subject.drop()  # perhaps in the middle of a question
        except Exception:
            pass  # an answer so odd that comparing it fails
        if diagnosis.mistake is not None:
            self.mistaken[test.exercise] = diagnosis.text
        return diagnosis

    def _evidence(self, exercise: str) -> Evidence | None:
        workbook = self.oracle.workbooks.get(exercise)
        if workbook is None:
            return None
        return self.evidence.setdefault(exercise, Evidence(workbook))

    def _failed_before(self, exercise: str, answer: Answer) -> list[str]:
        """Names that an answer uses of other exercises, earlier ones, that did not pass."""
        owners = self.oracle.plan.owners
        return sorted(name for name in answer.reads if owners.get(name, exercise) in self.failed - {exercise})

    def _elsewhere(self, test: TestCell, answer: Answer) -> list[str]:
        """What other cells do to this answer: one that it uses did not pass, or overwrites a name that it uses."""
        blamed = self._failed_before(test.exercise, answer)
        owners = self.oracle.plan.owners
        overwritten = (
            messages.overwritten(name, other)
            for name in sorted((answer.reads | set(test.names)) & owners.keys())
            for other, theirs in self.answers.items()
            if other not in (owners[name], test.exercise)
            and name in theirs.makes
            and name in self.answers.get(owners[name], theirs).makes
        )
        return [*([messages.builds_on(blamed)] if blamed else []), *overwritten]

    def _record(
        self, test: TestCell, verdict: Verdict, points: float | None, message: str, seconds: float = 0.0
    ) -> Record:
        return Record(
            self.oracle.plan.lab.name, test.exercise, test.name, verdict, points, test.points, message, seconds
        )


def _bound(text: str) -> frozenset[str]:
    return _parsed(bound_names, text)


def _read(text: str) -> frozenset[str]:
    return _parsed(free_names, plain_python(text) if len(text) <= MAX_PARSED else text)


def _parsed(names: Callable[[str], Iterable[str]], text: str) -> frozenset[str]:
    """Names in a student's cell; none where it is too long, or no Python."""
    if len(text) > MAX_PARSED:
        return frozenset()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return frozenset(names(text))
    except UNPARSABLE:
        return frozenset()
