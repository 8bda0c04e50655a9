"""Walk a repaired notebook from top to bottom: the student's cells run in the runner, test cells are judged here.

Every autograded test cell of the lab gets exactly one record, in the lab's order, whatever happens on the way. Tests
that failed are run once more at the end where what other exercises did may be the reason (`second_run`), and only then
explained.
"""

from __future__ import annotations

import itertools
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.judge import messages
from autograder.judge.answers import StudentAnswers, read_answers
from autograder.judge.beside import BesideRun, run_beside
from autograder.judge.clean_state import TimeUp, alarm, clean_state, memory
from autograder.judge.diagnosis import BUDGET_SECONDS
from autograder.judge.evidence import Evidence
from autograder.judge.explanation import Explainer, FailedTest
from autograder.judge.folders import is_about_files
from autograder.judge.followed_parts import followed
from autograder.judge.kept_tables import table_of
from autograder.judge.oracle import Oracle
from autograder.judge.outputs import of_test, stream, with_record
from autograder.judge.plan import TestCell
from autograder.judge.second_run import Changes, RanCell, changes_for
from autograder.judge.student_subject import STOPPING, Runner, StudentSubject
from autograder.judge.subject import Stopped
from autograder.judge.testcell import TestRun, run_test
from autograder.model.limits import Limits
from autograder.model.record import Record, Verdict
from autograder.notebook import demonstrations
from autograder.notebook.cells import exercise_of, grade_id, role_of

SLOW_SECONDS = 1.0  # functions that take so long are not asked more for the sake of diagnosis
ASKING_PATIENCE = 2  # times as long may a test take whose answer asks the judge instead of calling a function
SECOND_RUN_SHARE = 0.5  # of the notebook's time, for all second runs together


@dataclass
class SessionOutcome:
    """What walking a notebook came to.

    Attributes:
        records: one for each autograded test cell of the lab, in the lab's order.
        sightings: what the runner reported, one sentence each.
        faults: tracebacks of the engine's own faults on the way.
        notebook: the executed notebook, with outputs and records.
    """

    records: list[Record]
    sightings: list[str]
    faults: list[str]
    notebook: Any


def run_session(
    repaired_notebook: Any,
    oracle: Oracle,
    start_runner: Callable[[], Runner],
    limits: Limits,
    *,
    carry_errors: bool = True,
    weak: frozenset[str] = frozenset(),
    both: frozenset[str] = frozenset(),
    start_beside: Callable[[], Runner] | None = None,
) -> SessionOutcome:
    """Run and judge one submission.

    Args:
        repaired_notebook: nbformat-4 notebook whose cells carry their roles; it is changed in place.
        oracle: the lab's trusted answers; its packages must be importable (see `autograder.judge.packages`).
        start_runner: gives a fresh runner that sees the submission's files.
        limits: bounds on what the submission may use.
        carry_errors: whether a right answer that builds on a wrong one counts (see `second_run`).
        weak: tests that cannot be judged from outside (see `beside`).
        both: tests that are judged from outside and have to pass there, too.
        start_beside: gives a fresh runner for these; by default as for the others.
    """
    subject = StudentSubject(start_runner, limits)
    answers = read_answers(repaired_notebook["cells"], oracle.plan)
    session = _Session(repaired_notebook, oracle, subject, limits, answers, carry_errors, weak, both)
    try:
        session.walk()
        session.run_beside(start_beside or start_runner)
        session.run_again()
        session.explain()
    finally:
        subject.drop()
    return SessionOutcome(session.finish(), subject.sightings, subject.faults, repaired_notebook)


@dataclass
class _Judged:
    """A test cell that was judged, and what is needed to judge it again and to explain it.

    Attributes:
        cell: the cell of the notebook.
        record: the verdict as it stands.
        run: what running it came to; None if it did not run.
        ran: how many cells had run before it.
        failed: set if it did not pass and must be explained.
    """

    cell: Any
    test: TestCell
    record: Record
    run: TestRun | None = None
    ran: int = 0
    failed: FailedTest | None = None


def _passed(judged: _Judged) -> bool:
    return judged.record.verdict is Verdict.PASSED


@dataclass
class _Session:
    notebook: Any
    oracle: Oracle
    subject: StudentSubject
    limits: Limits
    answers: StudentAnswers
    carry_errors: bool
    weak: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()
    judged: dict[str, _Judged] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    ran: list[RanCell] = field(default_factory=list)

    # --- first: from top to bottom ---------------------------------------------------------------------------------

    def walk(self) -> None:
        """Run every cell, in order; test cells that stand together share one fetch of names."""
        tests = {test.name: test for test in self.oracle.plan.tests}
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
            found = [(cell, tests.get(grade_id(cell))) for cell in group]
            elsewhere = self.judged.keys() | {name for name in self.weak if name in tests and not tests[name].unwritten}
            ours = [(cell, test) for cell, test in found if test is not None and test.name not in elsewhere]
            values, life = self._fetch([test for _, test in ours]), self.subject.life
            for cell, test in ours:
                known = values if self.subject.life == life else None  # a fresh process has other objects
                self.judged[test.name] = self._judge_safely(cell, test, known)

    def _run_cell(self, cell: Any) -> None:
        cell["outputs"], cell["execution_count"] = [], None
        source = cell["source"]
        role, exercise = role_of(cell), exercise_of(cell)
        if not source.strip():
            self.ran.append(RanCell(role, exercise, source, worked=True))
            return
        try:
            outcome = self.subject.execute(source, ours=role == "locked")
        except Stopped as stopped:
            cell["outputs"] = [stream(stopped.sentence + "\n", "stderr")]
            self.ran.append(RanCell(role, exercise, source, worked=False))
            return
        self.ran.append(RanCell(role, exercise, source, outcome.status not in STOPPING))
        cell["outputs"], cell["execution_count"] = list(outcome.outputs), outcome.execution_count
        if (verdict := STOPPING.get(outcome.status)) is not None:
            sentence = messages.stopped(verdict, self.subject.cell_seconds, own=role != "answer")
            cell["outputs"].append(stream(sentence + "\n", "stderr"))
            if role != "answer" and verdict in (Verdict.MEMORY, Verdict.OUTPUT):
                self.subject.sight(messages.own_cell_stopped(verdict))
        if role == "answer" and exercise in self.answers.by_exercise:
            self.answers.by_exercise[exercise].outcome = outcome

    def _fetch(self, tests: Sequence[TestCell]) -> dict[str, bytes] | None:
        """All names of some tests at once; None if that fails, then each test asks for its own."""
        names = sorted({name for test in tests for name in test.names})
        self.subject.begin(self.subject.cell_seconds)
        try:
            values = self.subject.fetch(names)
        except Stopped:
            return None
        return None if self.subject.problems and len(tests) > 1 else values

    def _judge_safely(self, cell: Any, test: TestCell, values: Mapping[str, bytes] | None) -> _Judged:
        """The verdict on one test; a fault of the engine's own costs a look by a person, not the other tests."""
        try:
            return self._judge(cell, test, values)
        except Exception as error:
            self.subject.faults.append(f"{test.name}: {traceback.format_exc()}")
            reason = f"{messages.ENGINE_FAILED} ({type(error).__name__})"
            return _Judged(cell, test, self._record(test, Verdict.NOT_GRADABLE, None, reason))

    def _judge(self, cell: Any, test: TestCell, values: Mapping[str, bytes] | None) -> _Judged:
        ran = len(self.ran)
        if test.unwritten:  # as Python it is a comment, which nothing could fail
            return self._refused(cell, test)
        if self.carry_errors and (slow := self._never_ends(test)):
            sentence = messages.waits_for(slow)
            self.answers.failed.add(test.exercise)
            return _Judged(cell, test, self._record(test, Verdict.TIMEOUT, 0.0, sentence), ran=ran)
        try:
            self.subject.prepare()
        except Stopped as stopped:
            points = None if stopped.verdict is Verdict.NOT_GRADABLE else 0.0
            self.answers.failed.add(test.exercise)
            return _Judged(cell, test, self._record(test, stopped.verdict, points, stopped.sentence), ran=ran)
        run = self._run_test(test, values)
        evidence = self._evidence(test.exercise)
        if evidence is not None and run.verdict is not Verdict.NOT_GRADABLE:
            evidence.add(run)
        self._share(run)
        record = self._record(test, run.verdict, run.points, run.sentence, seconds=run.seconds)
        judged = _Judged(cell, test, record, run, ran)
        if run.verdict is not Verdict.PASSED:
            self.answers.failed.add(test.exercise)
            judged.failed = self._seen(test, run, evidence)
        return judged

    def _refused(self, cell: Any, test: TestCell) -> _Judged:
        """A test that nobody can run."""
        if self.answers.of(test.exercise).given:
            return _Judged(cell, test, self._record(test, Verdict.NOT_GRADABLE, None, messages.UNWRITTEN))
        return _Judged(cell, test, self._record(test, Verdict.NOT_ANSWERED, 0.0, messages.NOT_ANSWERED))

    def _share(self, run: TestRun) -> None:
        """Let the cells that follow read what a test made, as in a kernel."""
        if run.shared and self.subject.alive:
            with suppress(Stopped):
                self.ran.append(RanCell("test", "", "", worked=True, made=self.subject.provide(run.shared)))

    def _never_ends(self, test: TestCell) -> list[str]:
        """Earlier exercises that this test needs and that ran out of time: waiting for them again tells nothing."""
        late = {judged.test.exercise for judged in self.judged.values() if judged.record.verdict is Verdict.TIMEOUT}
        needed = [other for other in self.answers.builds_on(test.exercise, test.names) if other in late]
        return [other for other in needed if self.oracle.workbooks[other].reference is not None]

    def _run_test(self, test: TestCell, values: Mapping[str, bytes] | None = None, patience: int = 1) -> TestRun:
        seconds = min(patience * self.subject.cell_seconds, self.subject.seconds_left)
        allowed = self.oracle.handed_in(test)
        files = self._files_for(test)
        run = run_test(test, self.subject, seconds, self.limits.memory_bytes, values, allowed, files)
        if run.broken_off:
            self.subject.drop()
        return run

    def _files_for(self, test: TestCell) -> dict[str, bytes] | None:
        """Files that a test may look at: what the answers wrote, and the lab's own as they were handed out."""
        if not is_about_files(test.source):
            return None
        try:
            return {**self.subject.files(), **self.oracle.plan.lab.lab.files}
        except Stopped:
            return None

    def _seen(self, test: TestCell, run: TestRun, evidence: Evidence | None) -> FailedTest:
        """What is known of a failed test while its runner is there, the answers to further questions included."""
        answer = self.answers.of(test.exercise)
        askable = answer.given and self.subject.alive and run.verdict is Verdict.FAILED and run.seconds < SLOW_SECONDS
        if askable and evidence is not None:
            probes = table_of(evidence.workbook).probes
            evidence.complete(self.subject, time.monotonic() + BUDGET_SECONDS / 2, probes)
        return FailedTest(
            test,
            run,
            evidence,
            answer.outcome,
            unread=tuple(name for name in test.names if name in self.subject.problems),
            poisoned=answer.text in self.subject.poisoned,
        )

    # --- tests that cannot be judged from outside -------------------------------------------------------------------

    def run_beside(self, start_runner: Callable[[], Runner]) -> None:
        """Run the weak tests where the student's code is, and those that passed and have to pass there as well."""
        both = {name for name in self.both if name in self.judged and _passed(self.judged[name])}
        if not self.weak and not both:
            return
        self.subject.drop()  # one runner at a time
        cells = [cell for cell in self.notebook["cells"] if cell["cell_type"] == "code"]
        wanted = [test.name for test in self.oracle.plan.tests if test.name in self.weak | both and not test.unwritten]
        runs = run_beside(cells, wanted, start_runner, self.limits, self.subject.faults)
        tests = {test.name: test for test in self.oracle.plan.tests}
        for cell in cells:
            name = grade_id(cell)
            if name in runs and (name not in self.judged or runs[name].verdict is Verdict.FAILED):
                self.judged[name] = _Judged(cell, tests[name], self._weak_record(tests[name], runs[name]))

    def _weak_record(self, test: TestCell, run: BesideRun) -> Record:
        verdict, sentence = run.verdict, run.sentence
        if run.verdict not in (Verdict.PASSED, Verdict.NOT_GRADABLE):
            self.answers.failed.add(test.exercise)
            if not self.answers.of(test.exercise).given:
                verdict, sentence = Verdict.NOT_ANSWERED, messages.NOT_ANSWERED
        record = self._record(test, verdict, run.points, messages.joined([sentence, messages.WEAK]), run.seconds)
        return replace(record, weak=True)

    # --- then: once more, where other exercises may be the reason --------------------------------------------------

    def run_again(self) -> None:
        """Give tests that failed their second run, exercise by exercise, in the lab's order."""
        deadline = time.monotonic() + SECOND_RUN_SHARE * self.limits.total_seconds
        open_tests = [judged for judged in self.judged.values() if self._may_run_again(judged)]
        for exercise, group in itertools.groupby(open_tests, key=lambda judged: judged.test.exercise):
            again = list(group)
            names = {name for judged in again for name in judged.test.names}
            before = self.ran[: max(judged.ran for judged in again)]
            for briefly in (True, False):
                changes = changes_for(
                    exercise, names, before, self.answers, self.oracle, self.carry_errors, briefly=briefly
                )
                last = not briefly or changes.provided == changes.carried.keys()  # nothing would be different
                seconds = deadline - time.monotonic()
                if changes and seconds > 0:
                    self._run_apart([judged for judged in again if not _passed(judged)], changes, seconds, last)
                if last or all(map(_passed, again)):
                    break
            if all(map(_passed, self._tests_of(exercise))):
                self.answers.failed.discard(exercise)
                if any(judged.record.carried for judged in again):
                    self.answers.carried.add(exercise)

    def _may_run_again(self, judged: _Judged) -> bool:
        given = self.answers.of(judged.test.exercise).given
        return given and not judged.record.weak and judged.record.verdict not in (Verdict.PASSED, Verdict.NOT_GRADABLE)

    def _tests_of(self, exercise: str) -> list[_Judged]:
        return [judged for judged in self.judged.values() if judged.test.exercise == exercise]

    def _run_apart(self, again: Sequence[_Judged], changes: Changes, seconds: float, last: bool) -> None:
        """Run tests of one exercise in one fresh runner; those that pass now count, and the last one explains."""
        evidence = self._new_evidence(again[0].test.exercise)
        answer = self.answers.of(again[0].test.exercise)
        with self.subject.instead(changes.steps, seconds):
            for judged in again:
                try:
                    with clean_state(), memory(self.limits.memory_bytes), alarm(min(seconds, self._cell_patience())):
                        self.subject.prepare()
                    run = self._run_test(judged.test, patience=ASKING_PATIENCE if changes.provided else 1)
                except (Stopped, TimeUp):
                    return
                if run.verdict is Verdict.PASSED and run.points is not None:
                    self._count(judged, run, changes)
                    continue
                if not last:
                    continue
                if evidence is not None:
                    evidence.add(run)
                if judged.run is None:  # it did not run before
                    judged.run, judged.record = run, self._record(judged.test, run.verdict, run.points, run.sentence)
                elif run.verdict is not Verdict.FAILED:
                    continue
                seen = self._seen(judged.test, run, evidence)
                outcome = self.subject.replayed.get(answer.text)
                judged.failed = replace(seen, outcome=outcome, carried=tuple(changes.carried_names))

    def _cell_patience(self) -> float:
        """Seconds for all cells of a runner to run again."""
        return max(self.subject.seconds_left, self.subject.cell_seconds)

    def _count(self, judged: _Judged, run: TestRun, changes: Changes) -> None:
        test, sentences = judged.test, [run.sentence]
        if changes.carried:
            missing = {name for other, names in changes.carried.items() for name in names if self._is_missing(other)}
            sentences.append(messages.carried(changes.carried_names, missing))
        sentences += [messages.overwritten(name, other) for name, other in changes.overwritten.items()]
        judged.record = replace(
            self._record(test, run.verdict, run.points, messages.joined(sentences), seconds=run.seconds),
            carried=tuple(changes.carried),
        )
        judged.run, judged.failed = run, None
        if changes.left_out and not changes.carried:
            self.subject.sight(messages.passed_apart(test.name, sorted(changes.left_out)))

    def _is_missing(self, exercise: str) -> bool:
        return not self.answers.of(exercise).given

    # --- at last: say why ------------------------------------------------------------------------------------------

    def explain(self) -> None:
        """Put into words why tests failed; results that follow from the student's own earlier ones count."""
        explainer = Explainer(self.oracle, self.answers, self.limits, self.subject)
        for judged in self.judged.values():
            failed = judged.failed
            if failed is None or failed.run.verdict is not Verdict.FAILED:
                continue
            follows = followed(judged.test, failed.evidence) if self.carry_errors and failed.evidence else []
            if follows:
                points = judged.test.points
                sentence = messages.follows_from(follows)
                judged.record = replace(
                    self._record(judged.test, Verdict.PASSED, points, sentence, seconds=failed.run.seconds),
                    carried=tuple(follows),
                )
            else:
                record = self._record(judged.test, failed.run.verdict, failed.run.points, failed.run.sentence)
                judged.record = explainer.explain(failed, replace(record, seconds=judged.record.seconds))
                judged.run = failed.run

    def finish(self) -> list[Record]:
        """Write the records into the notebook; give them in the lab's order.

        A test cell that the notebook lacks is our fault, and said to be.
        """
        for judged in self.judged.values():
            judged.cell["outputs"] = of_test(judged.record, judged.run)
            with_record(judged.cell, judged.record)
        missing = "This test is missing in the repaired notebook."
        return [
            self.judged[test.name].record
            if test.name in self.judged
            else self._record(test, Verdict.NOT_GRADABLE, None, missing)
            for test in self.oracle.plan.tests
        ]

    def _evidence(self, exercise: str) -> Evidence | None:
        if exercise not in self.evidence and (evidence := self._new_evidence(exercise)) is not None:
            self.evidence[exercise] = evidence
        return self.evidence.get(exercise)

    def _new_evidence(self, exercise: str) -> Evidence | None:
        workbook = self.oracle.workbooks.get(exercise)
        return Evidence(workbook) if workbook is not None else None

    def _record(
        self, test: TestCell, verdict: Verdict, points: float | None, message: str, seconds: float = 0.0
    ) -> Record:
        return Record(
            self.oracle.plan.lab.name, test.exercise, test.name, verdict, points, test.points, message, seconds
        )
