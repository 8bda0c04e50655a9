"""Why a test failed, for the student: no answer, a cell that stopped, a known mistake, expected and got."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, replace

from autograder.judge import exceptions, leftovers, messages
from autograder.judge.answers import Answer, StudentAnswers
from autograder.judge.clean_state import TimeUp, alarm, memory
from autograder.judge.diagnosis import BUDGET_SECONDS, Diagnosis, diagnose
from autograder.judge.evidence import Evidence
from autograder.judge.oracle import Oracle
from autograder.judge.plan import TestCell
from autograder.judge.student_subject import STOPPING, StudentSubject
from autograder.judge.testcell import TestRun
from autograder.model.limits import Limits
from autograder.model.record import Record, Verdict
from autograder.notebook.names import MAX_PARSED
from autograder.sandbox.outcomes import CellOutcome, StudentError


@dataclass(frozen=True)
class FailedTest:
    """A test that did not pass, and what was seen of the answer.

    Attributes:
        test: the test cell.
        run: what running it came to.
        evidence: what the exercise's functions answered; None for a test without an exercise.
        outcome: what running the answer cell came to; None if it did not run.
        unread: the student's names whose values could not be handed over.
        poisoned: whether nothing more could be run after the answer cell.
        carried: names for which the lab's own stood in.
    """

    test: TestCell
    run: TestRun
    evidence: Evidence | None = None
    outcome: CellOutcome | None = None
    unread: tuple[str, ...] = ()
    poisoned: bool = False
    carried: tuple[str, ...] = ()


@dataclass
class Explainer:
    """Explains the failed tests of one notebook, in the lab's order.

    Attributes:
        oracle: the lab's trusted answers.
        answers: the student's.
        limits: bounds on memory.
        subject: takes note of the engine's own faults.
    """

    oracle: Oracle
    answers: StudentAnswers
    limits: Limits
    subject: StudentSubject

    def __post_init__(self) -> None:
        self._mistaken: dict[str, str] = {}  # exercise -> text of the mistake that its answer is

    def explain(self, failed: FailedTest, record: Record) -> Record:
        """The record with the reason in its message, and with the verdict that fits it."""
        test, run = failed.test, failed.run
        answer = replace(self.answers.of(test.exercise), outcome=failed.outcome)
        if not answer.given:
            return replace(record, verdict=Verdict.NOT_ANSWERED, message=messages.NOT_ANSWERED)
        broken = self.oracle.broken(test)
        if broken or (broken is None and run.suspect):
            reason = messages.TEST_BROKEN if broken else messages.TEST_BROKE
            return replace(record, verdict=Verdict.NOT_GRADABLE, points=None, message=reason)
        if run.missing is not None:
            return self._nothing_there(failed, answer, record, run.missing)
        stopped = [self._stopped(answer, answer.error)] if answer.error is not None else []
        elsewhere = self._elsewhere(failed, answer)
        blamed = self._blamed(failed)
        if stopped and not run.calls:  # values of a cell that broke off: what they are by then tells nothing
            return replace(record, message=messages.joined([*stopped, *elsewhere]), follows=tuple(blamed))
        diagnosis = Diagnosis() if failed.unread else self._diagnosis(failed, bool(blamed))
        sentences = [*stopped, run.sentence, *map(messages.out_of_reach, failed.unread)]
        catalogued = diagnosis.mistake in self.oracle.plan.lab.mistakes.get(test.exercise, {})
        leftover = "" if catalogued else leftovers.spoils_answer(answer.text, test.names)
        meaning = exceptions.advice(run.raised, words(answer.text)) if run.raised and not catalogued else ""
        if leftover or meaning:  # about the student's own line, which says more than a generated mistake
            sentences += [leftover or meaning]
        elif diagnosis.mistake is not None or not blamed:
            sentences.append(diagnosis.sentence)
        if diagnosis.mistake is None and run.changed:
            sentences.append(messages.CHANGED_ADVICE)
        if failed.carried:
            sentences.append(messages.also_with(failed.carried))
        if blamed or diagnosis.mistake is None:
            sentences += elsewhere
        return replace(record, message=messages.joined(sentences), mistake=diagnosis.mistake, follows=tuple(blamed))

    def _nothing_there(self, failed: FailedTest, answer: Answer, record: Record, name: str) -> Record:
        """A name that the test needs does not exist."""
        exercise = self.oracle.plan.exercises.get(failed.test.exercise)
        own = exercise is None or name in exercise.names
        if own and answer.outcome is not None and (verdict := STOPPING.get(answer.outcome.status)) is not None:
            return replace(record, verdict=verdict, message=messages.stopped(verdict, self.subject.cell_seconds))
        if own and failed.poisoned:
            return replace(record, verdict=Verdict.CRASH, message=messages.POISONED)
        if own and answer.error is None:
            why = leftovers.hides_name(answer.text, name)
        else:
            why = leftovers.stops_cell(answer.text, answer.error) if own and answer.error is not None else ""
        meaning = exceptions.advice(answer.error, words(answer.text)) if own and answer.error and not why else ""
        sentences = [why or messages.undefined(name, own, answer.error), meaning, *self._elsewhere(failed, answer)]
        return replace(record, message=messages.joined(sentences), follows=tuple(self._blamed(failed)))

    def _stopped(self, answer: Answer, error: StudentError) -> str:
        """Why the answer cell did not run to its end."""
        pasted = leftovers.stops_cell(answer.text, error)
        return pasted or messages.joined([messages.broken_off(error), exceptions.advice(error, words(answer.text))])

    def _diagnosis(self, failed: FailedTest, builds_on_failed: bool) -> Diagnosis:
        """What diagnosis finds; whatever happens to it, the record stands."""
        test = failed.test
        if failed.evidence is None:
            return Diagnosis()
        earlier = {name: text for name, text in self._mistaken.items() if builds_on_failed and name != test.exercise}
        diagnosis = Diagnosis()
        try:
            with alarm(2 * BUDGET_SECONDS), memory(self.limits.memory_bytes):
                diagnosis = diagnose(test, failed.evidence, failed.run.sentence, earlier, failed.run.heard)
        except TimeUp:
            pass  # the test's own sentence must do
        except Exception:  # an answer so odd that comparing it fails
            self.subject.faults.append(f"diagnosis of {test.name}: {traceback.format_exc()}")
        if diagnosis.text:
            self._mistaken[test.exercise] = diagnosis.text
        return diagnosis

    def _blamed(self, failed: FailedTest) -> list[str]:
        """Earlier names that did not pass and that this answer used when its test ran."""
        return [] if failed.carried else self.answers.failed_before(failed.test.exercise)

    def _elsewhere(self, failed: FailedTest, answer: Answer) -> list[str]:
        """What other cells do to this answer: one that it uses did not pass, or overwrites a name that it uses."""
        blamed = self._blamed(failed)
        return [*([messages.builds_on(blamed)] if blamed else []), *self._overwritten(failed.test, answer)]

    def _overwritten(self, test: TestCell, answer: Answer) -> Iterable[str]:
        owners = self.oracle.plan.owners
        for name in sorted((answer.reads | set(test.names)) & owners.keys()):
            for other, theirs in self.answers.by_exercise.items():
                own = self.answers.by_exercise.get(owners[name], theirs)
                if other not in (owners[name], test.exercise) and name in theirs.makes and name in own.makes:
                    yield messages.overwritten(name, other)


def words(text: str) -> set[str]:
    """Names that stand in an answer."""
    return set(re.findall(r"[^\W\d]\w*", text[:MAX_PARSED]))
