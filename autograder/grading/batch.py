"""Grade a class: find what is new or changed, grade it in parallel, save results as they come.

A run that is killed anywhere and started again ends as one that was not, and grades nothing twice. Memory stays
flat: a few submissions are in flight, and nothing of a saved result is kept but its counts.
"""

from __future__ import annotations

import datetime
import logging
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.course.pending import PendingSubmission
from autograder.gradebook.lateness import PenaltyChange, follow_due_date, mark_late
from autograder.gradebook.store import Graded, Store
from autograder.grading.executors import Pool
from autograder.grading.finished import not_gradable, to_be_repeated
from autograder.grading.spool import Spool
from autograder.grading.worker_client import Settings, grade_task
from autograder.model.errors import AutograderError, ClusterError, CourseError, GradebookError, GradingRefused
from autograder.model.lab import Lab
from autograder.model.record import TIMESTAMP, Result, Submission, Verdict
from autograder.model.result import submission_digest
from autograder.notebook.parsed_lab import parse_lab

LOOK_SECONDS = 5.0  # how often to ask the pool whether it still has workers

_log = logging.getLogger(__name__)
Saved = Callable[[Result | None], None]


@dataclass
class Tally:
    """What a run did.

    Attributes:
        graded: submissions graded.
        skipped: submissions that had not changed since they were graded.
        restored: submissions missing in this gradebook and taken from the graded notebooks.
        lost: submissions that were graded before, and of which this gradebook had nothing; restored ones among them.
        outdated: skipped submissions whose lab has changed since they were graded.
        elsewhere: submissions that another run is grading.
        faulty: graded submissions during which the engine or the machine failed at least once.
        repeated: those of them that are not gradable because of it; the next run grades them again.
        penalties: (lab, change) of late penalties of unchanged submissions that followed the due date.
        problems: (student, lab, reason) of what could not be graded, or not in full.
        sightings: (student, lab, attempt) of attempts that the sandbox saw.
        untimed: (student, lab, reason) of submissions whose time of hand-in could not be read.
        left_out: lab -> why none of its submissions was graded.
    """

    graded: int = 0
    skipped: int = 0
    restored: int = 0
    lost: int = 0
    outdated: int = 0
    elsewhere: int = 0
    faulty: int = 0
    repeated: int = 0
    penalties: list[tuple[str, PenaltyChange]] = field(default_factory=list)
    problems: list[tuple[str, str, str]] = field(default_factory=list)
    sightings: list[tuple[str, str, str]] = field(default_factory=list)
    untimed: list[tuple[str, str, str]] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        """Count one saved result."""
        self.graded += 1
        self.faulty += bool(result.faults)
        self.repeated += result.repeat
        self.note(result)

    def note(self, result: Result) -> None:
        """Keep what a person must look at."""
        if result.problem:
            self.problems.append((result.student, result.lab, result.problem))
        elif any(record.verdict is Verdict.NOT_GRADABLE for record in result.records):
            self.problems.append((result.student, result.lab, "A test could not be judged."))
        self.sightings += [(result.student, result.lab, sighting) for sighting in result.sightings]


class Batch:
    """One grading run over one gradebook and one ``autograded`` folder."""

    def __init__(
        self,
        store: Store,
        spool: Spool,
        pool: Pool,
        settings: Settings,
        *,
        regrade: bool = False,
        force: bool = False,
    ) -> None:
        """Args: ``regrade``: also what was graded with another version of the lab; ``force``: everything."""
        self.store, self.spool, self.pool, self.settings = store, spool, pool, settings
        self.regrade, self.force = regrade, force
        self.tally = Tally()
        self._in_flight: dict[Future[Result], tuple[PendingSubmission, Submission, Lab]] = {}
        self._graded: dict[str, dict[str, Graded]] = {}

    def run(self, submissions: Iterable[PendingSubmission], labs: dict[str, Lab], saved: Saved) -> Tally:
        """Grade what needs it.

        Args:
            submissions: every submitted folder; each is read when its turn comes.
            labs: by name.
            saved: called after each submission, with its result, or ``None`` when it was graded already.

        Raises:
            GradingRefused: no isolation on this machine, or no worker that starts.
            GradebookError: the gradebook cannot be used. What was graded waits in the spool for the next run.
            ClusterError: the cluster has no workers left, or gave up.
        """
        labs = self._usable(labs)
        submissions = [pending for pending in submissions if pending.lab in labs]
        self.tally.untimed = [
            (pending.student, pending.lab, f"{TIMESTAMP} {pending.time_problem}")
            for pending in submissions
            if pending.time_problem
        ]
        self._recover({(pending.lab, pending.student): pending for pending in submissions}, labs)
        self._graded = {name: self.store.graded(name) for name in labs}
        shared = {name: self.pool.share(lab) for name, lab in labs.items()}
        try:
            for pending in submissions:
                if not self._submit(pending, labs[pending.lab], shared[pending.lab]):
                    saved(None)
                while self._in_flight and len(self._in_flight) >= self.pool.room():
                    self._collect(saved)
            while self._in_flight:
                self._collect(saved)
        finally:
            self._set_aside()
        for name in labs:
            mark_late(self.store, name, {each.student: each.marked_late for each in submissions if each.lab == name})
            changes = follow_due_date(self.store, name, self.store.late_penalty)
            self.tally.penalties += [(name, change) for change in changes]
        return self.tally

    def _usable(self, labs: dict[str, Lab]) -> dict[str, Lab]:
        """The labs that the gradebook takes; one that it does not take keeps no other from being graded.

        Raises:
            CourseError, GradebookError: it takes none.
        """
        usable = {}
        failure: AutograderError | None = None
        for name, lab in labs.items():
            try:
                self.store.add_lab(lab)
            except (CourseError, GradebookError) as error:
                failure = error
                self.tally.left_out[name] = str(error)
            else:
                usable[name] = lab
        if failure is not None and not usable:
            raise failure
        return usable

    def _set_aside(self) -> None:
        """When a run ends early, keep what is graded and not saved for the next one, and cancel the rest."""
        for future, (pending, _, _) in self._in_flight.items():
            if not future.done():
                future.cancel()
                continue
            try:
                self.spool.put(future.result())
            except (Exception, CancelledError):
                _log.warning("%s, %s: will be graded again", pending.student, pending.lab, exc_info=True)

    def _submit(self, pending: PendingSubmission, lab: Lab, shared: Any) -> bool:
        """Start grading one submission, unless it is graded already or another run is grading it."""
        if not self.spool.claim(pending.lab, pending.student):
            self.tally.elsewhere += 1
            return False
        submission = pending.read()
        due = self._due(pending, submission, lab)
        if due and pending.student not in self._graded[pending.lab]:
            self.tally.lost += self.spool.placed(pending.lab, pending.student)
        if not due or self._restore(pending, submission, lab):
            self.spool.release(pending.lab, pending.student)
            return False
        future = self.pool.executor.submit(grade_task, submission, shared, self.settings)
        self._in_flight[future] = (pending, submission, lab)
        return True

    def _due(self, pending: PendingSubmission, submission: Submission, lab: Lab) -> bool:
        """Whether a submission is new, changed, to be repeated, or was asked for again."""
        if self.force:
            return True
        digest = submission_digest(submission)
        before = self._graded[pending.lab].get(pending.student)
        if before is None or before.submission_digest != digest:
            # Another run may have graded it since this one began.
            before = self.store.graded(pending.lab, pending.student).get(pending.student)
        if before is None or before.submission_digest != digest or not before.lab_digest:
            return True
        outdated = before.lab_digest != lab.digest
        if not self.spool.placed(pending.lab, pending.student) or (outdated and self.regrade):
            return True
        self.tally.outdated += outdated
        self.tally.skipped += 1
        return False

    def _restore(self, pending: PendingSubmission, submission: Submission, lab: Lab) -> bool:
        """Save the result in the graded notebook if this gradebook, a new one perhaps, does not have it."""
        if self.force or pending.student in self._graded[pending.lab]:
            return False
        result = self.spool.read(pending.lab, pending.student)
        if (
            result is None
            or result.submission_digest != submission_digest(submission)
            or result.lab_digest != lab.digest
            or [record.test for record in result.records] != [test.grade_id for test in parse_lab(lab).tests]
        ):
            return False
        self.store.save(result, pending.timestamp)
        self.tally.restored += 1
        self.tally.note(result)
        return True

    def _collect(self, saved: Saved) -> None:
        """Save what is graded; if nothing is, wait a few seconds for it."""
        done, _ = wait(self._in_flight, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
        if not done:
            self.pool.room()  # raises when no worker is left
        for future in done:
            pending, submission, lab = self._in_flight[future]
            result = _outcome(future, submission, lab)
            for fault in result.faults:
                _log.error("%s, %s: the engine failed\n%s", result.student, result.lab, fault.rstrip())
            self._save(result, submission, pending.timestamp)
            self.spool.release(pending.lab, pending.student)
            del self._in_flight[future]
            self.tally.add(result)
            saved(result)

    def _save(self, result: Result, submission: Submission, timestamp: datetime.datetime | None) -> None:
        spooled = self.spool.put(result)
        self.store.save(result, timestamp)
        self.spool.place(result, submission, timestamp)
        spooled.unlink(missing_ok=True)

    def _recover(self, submissions: dict[tuple[str, str], PendingSubmission], labs: dict[str, Lab]) -> None:
        """Save what an earlier run graded and did not save."""
        self.spool.sweep()
        for spooled, result in self.spool.waiting():
            pending = submissions.get((result.lab, result.student))
            if pending is None or not self.spool.claim(result.lab, result.student):
                continue
            if result.lab_digest == labs[result.lab].digest:
                self.store.save(result, pending.timestamp)
                self.spool.place(result, pending.read(), pending.timestamp)
            spooled.unlink(missing_ok=True)
            self.spool.release(result.lab, result.student)


def _outcome(future: Future[Result], submission: Submission, lab: Lab) -> Result:
    """The result of one submission; a fault of the engine or the machine makes it one that the next run repeats."""
    try:
        return future.result()
    except GradingRefused as refusal:
        _log.error("%s, %s: grading was refused", submission.student, submission.lab, exc_info=refusal)
        raise
    except CancelledError as error:
        raise ClusterError(
            "The cluster gave up. What is graded is saved: run the same command again to go on."
        ) from error
    except Exception as error:  # above all a cluster that lost its workers over this submission
        reason = f"Grading this submission failed ({type(error).__name__}). A person must look."
        return to_be_repeated(replace(not_gradable(submission, lab, reason), faults=(traceback.format_exc(),)))
