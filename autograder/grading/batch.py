"""Grade a class: find what is new or changed, grade it in parallel, save results as they come.

A run that is killed anywhere and started again ends as one that was not, and grades nothing twice. Memory stays
flat: a few submissions are in flight, and nothing of a saved result is kept but its counts.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from autograder.gradebook.store import Graded, Store
from autograder.grading.executors import Pool
from autograder.grading.finished import not_gradable
from autograder.grading.spool import Outputs
from autograder.grading.worker_client import Settings, grade_task
from autograder.model.errors import ClusterError, GradingRefused
from autograder.model.lab import Lab
from autograder.model.record import Result, Submission, Verdict
from autograder.model.result import submission_digest
from autograder.notebook.parsed_lab import parse_lab

LOOK_SECONDS = 5.0  # so often a pool is asked whether anybody works


@dataclass(frozen=True)
class Handed:
    """One submitted folder: whose it is, when it came, and how to read it."""

    student: str
    lab: str
    timestamp: datetime.datetime | None
    read: Callable[[], Submission]


@dataclass
class Tally:
    """What a run did, in numbers."""

    graded: int = 0
    skipped: int = 0
    restored: int = 0  # graded before, but missing in this gradebook: taken from the graded notebooks
    outdated: int = 0  # skipped, though the lab's tests have changed since
    elsewhere: int = 0  # under way in another grading run
    verdicts: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[str, str, str]] = field(default_factory=list)  # student, lab, why
    sightings: list[tuple[str, str, str]] = field(default_factory=list)  # student, lab, what

    def add(self, result: Result) -> None:
        """Count one saved result."""
        self.graded += 1
        self.note(result)

    def note(self, result: Result) -> None:
        """Keep what a person must know of a result."""
        self.verdicts.update(str(record.verdict) for record in result.records)
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
        outputs: Outputs,
        pool: Pool,
        settings: Settings,
        *,
        regrade: bool = False,
        force: bool = False,
    ) -> None:
        """Args: ``regrade``: also what was graded with another version of the lab; ``force``: everything."""
        self.store, self.outputs, self.pool, self.settings = store, outputs, pool, settings
        self.regrade, self.force = regrade, force
        self.tally = Tally()
        self._flight: dict[Future[Result], tuple[Handed, Submission, Lab]] = {}
        self._graded: dict[str, dict[str, Graded]] = {}

    def run(self, handed: Iterable[Handed], labs: dict[str, Lab], saved: Callable[[Result | None], None]) -> Tally:
        """Grade what needs it.

        Args:
            handed: every submitted folder; read one by one, when its turn comes.
            labs: by name.
            saved: called after each submission, with its result, or ``None`` when it was graded already.

        Raises:
            GradingRefused: no isolation on this machine.
            GradebookError: the gradebook cannot be used. What was graded waits in the spool for the next run.
        """
        for lab in labs.values():
            self.store.add_lab(lab)
        handed = list(handed)
        self._recover({(each.lab, each.student): each for each in handed}, labs)
        self._graded = {name: self.store.graded(name) for name in labs}
        shared = {name: self.pool.share(lab) for name, lab in labs.items()}
        try:
            for each in handed:
                if not self._submit(each, labs[each.lab], shared[each.lab]):
                    saved(None)
                while self._flight and len(self._flight) >= self.pool.room():
                    self._collect(saved)
            while self._flight:
                self._collect(saved)
        finally:
            self._set_aside()
        return self.tally

    def _set_aside(self) -> None:
        """However a run ends, keep what is graded and not saved yet for the next one, and give up the rest."""
        for future in self._flight:
            if future.done():
                with suppress(Exception, CancelledError):
                    self.outputs.put(future.result())
            else:
                future.cancel()

    def _submit(self, handed: Handed, lab: Lab, shared: Any) -> bool:
        """Start grading one submission, unless it is graded already or another grader has it."""
        if not self.outputs.claim(handed.lab, handed.student):
            self.tally.elsewhere += 1
            return False
        submission = handed.read()
        if not self._due(handed, submission, lab) or self._restore(handed, submission, lab):
            self.outputs.release(handed.lab, handed.student)
            return False
        future = self.pool.executor.submit(grade_task, submission, shared, self.settings)
        self._flight[future] = (handed, submission, lab)
        return True

    def _due(self, handed: Handed, submission: Submission, lab: Lab) -> bool:
        """Whether a submission is new or changed, or was asked for again."""
        if self.force:
            return True
        graded, digest = self._graded[handed.lab], submission_digest(submission)
        before = graded.get(handed.student)
        if before is None or before.submission_digest != digest:
            # Another grader may have been here since this run began.
            before = self.store.graded(handed.lab, handed.student).get(handed.student)
        if before is None or before.submission_digest != digest:
            return True
        outdated = before.lab_digest != lab.digest
        if not self.outputs.placed(handed.lab, handed.student) or (outdated and self.regrade):
            return True
        self.tally.outdated += outdated
        self.tally.skipped += 1
        return False

    def _restore(self, handed: Handed, submission: Submission, lab: Lab) -> bool:
        """Save again what is in the graded notebooks and not in the gradebook, which was lost or is another one."""
        if self.force or handed.student in self._graded[handed.lab]:
            return False
        result = self.outputs.read(handed.lab, handed.student)
        if (
            result is None
            or result.submission_digest != submission_digest(submission)
            or result.lab_digest != lab.digest
            or [record.test for record in result.records] != [test.grade_id for test in parse_lab(lab).tests]
        ):
            return False
        self.store.save(result, handed.timestamp)
        self.tally.restored += 1
        self.tally.note(result)
        return True

    def _collect(self, saved: Callable[[Result | None], None]) -> None:
        """Save what is graded; wait for it a while, if nothing is."""
        done, _ = wait(self._flight, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
        if not done:
            self.pool.room()
        for future in done:
            handed, submission, lab = self._flight[future]
            result = _outcome(future, submission, lab)
            self._save(result, submission, handed.timestamp)
            self.outputs.release(handed.lab, handed.student)
            del self._flight[future]
            self.tally.add(result)
            saved(result)

    def _save(self, result: Result, submission: Submission, timestamp: datetime.datetime | None) -> None:
        spooled = self.outputs.put(result)
        self.store.save(result, timestamp)
        self.outputs.place(result, submission)
        spooled.unlink(missing_ok=True)

    def _recover(self, handed: dict[tuple[str, str], Handed], labs: dict[str, Lab]) -> None:
        """Save what an earlier run graded and did not get to save."""
        self.outputs.sweep()
        for spooled, result in self.outputs.waiting():
            each = handed.get((result.lab, result.student))
            if each is None or not self.outputs.claim(result.lab, result.student):
                continue
            if result.lab_digest == labs[result.lab].digest:
                self.store.save(result, each.timestamp)
                self.outputs.place(result, each.read())
            spooled.unlink(missing_ok=True)
            self.outputs.release(result.lab, result.student)


def _outcome(future: Future[Result], submission: Submission, lab: Lab) -> Result:
    try:
        return future.result()
    except (GradingRefused, KeyboardInterrupt):
        raise
    except CancelledError as error:
        raise ClusterError(
            "The cluster gave grading up. What is graded is saved: run the same command again to go on."
        ) from error
    except Exception as error:  # a cluster that lost its workers over this submission, above all
        return not_gradable(
            submission, lab, f"Grading this submission failed ({type(error).__name__}). A person must look."
        )
