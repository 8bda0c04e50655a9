"""The one assembly of a grading run, for the command ``autograder grade`` and for nbgrader's autograder.

work = find_work(course, ["01_single_neuron"])
with grading_run(course, RunOptions()) as batch:
    tally = batch.run(work.submissions, work.labs, saved=lambda result: None)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.config import Course
from autograder.course.log import log_path
from autograder.course.pending import PendingSubmission
from autograder.course.submissions import students
from autograder.gradebook.store import Store
from autograder.grading import executors
from autograder.grading.batch import Batch, Tally
from autograder.grading.spool import Spool
from autograder.grading.worker_client import Settings
from autograder.model.errors import CourseError, GradingStopped, Interrupted
from autograder.model.lab import Lab


@dataclass(frozen=True)
class Work:
    """What a run is asked to grade.

    Attributes:
        labs: name -> lab.
        submissions: the submitted folders, graded already or not.
        left_out: lab -> why none of its submissions is graded.
    """

    labs: dict[str, Lab]
    submissions: list[PendingSubmission]
    left_out: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RunOptions:
    """How a run grades.

    Attributes:
        regrade: grade also what was graded with another version of the lab.
        force: grade everything, changed or not.
        unsafe: grade without isolation where the machine offers none.
        workers: submissions at a time on this machine; ``None``: one per core.
        scheduler: address of a Dask scheduler, e.g. ``tcp://host:8786``; ``None``: grade on this machine.
        tls: ``ca_file``, ``client_cert`` and ``client_key`` for a ``tls://`` scheduler.
    """

    regrade: bool = False
    force: bool = False
    unsafe: bool = False
    workers: int | None = None
    scheduler: str | None = None
    tls: Mapping[str, Path] = field(default_factory=dict)


def find_work(course: Course, labs: Sequence[str], student: str = "*", excluded: Collection[str] = ()) -> Work:
    """Read the labs and list what was handed in for them.

    Args:
        course: the course.
        labs: names of labs.
        student: a student id; ``*`` and ``?`` match as in file names.
        excluded: ids of students to leave out.

    Raises:
        CourseError: there is no lab, a lab is damaged, or nothing was handed in.
    """
    if not labs:
        raise CourseError("There is no lab in source/: run `make build` first.")
    work = Work({}, [])
    for name in labs:
        try:
            work.labs[name] = course.lab(name)
        except CourseError as error:
            work.left_out[name] = str(error)
    if not work.labs:
        raise CourseError(" ".join(work.left_out.values()))
    work.submissions.extend(each for each in course.pending(work.labs, student) if each.student not in excluded)
    if not work.submissions:
        raise CourseError(_nothing(course, labs, student))
    return work


def _nothing(course: Course, labs: Sequence[str], student: str) -> str:
    """Why there is nothing to grade, and what may have been meant."""
    if student != "*" and not students(course.submitted, student):
        sentence = f"--student {student} matches no folder in {course.submitted}: check the id."
    else:
        where = course.submitted / ("<student>" if student == "*" else student)
        sentence = f"Nothing was handed in: {where} has no folder for {', '.join(labs)}."
    strays = course.strays(student)
    return " ".join([sentence, *strays.unfit, *strays.passed_over])


@contextmanager
def grading_run(course: Course, options: RunOptions) -> Iterator[Batch]:
    """Open the course's gradebook and spool, start the workers, and close everything when the block ends.

    Raises:
        GradebookError: the gradebook cannot be opened.
        ClusterError: no scheduler, or no worker, answers.
        Interrupted: Ctrl-C was pressed in the block.
        GradingStopped: a file could not be read or written in the block.
    """
    chosen = course.autograder
    settings = Settings(
        course.limits, unsafe=options.unsafe, carry_errors=chosen.carry_errors, weak_tests=chosen.weak_tests
    )
    try:
        with (
            closing(Spool(course.root, course.autograded)) as spool,
            Store(course.db_url, course.coursedir.course_id, course.late_penalty()) as store,
            _pool(options) as pool,
        ):
            yield Batch(store, spool, pool, settings, regrade=options.regrade, force=options.force)
    except KeyboardInterrupt as error:
        raise Interrupted("Stopped. What is graded is saved: run the same command again to go on.") from error
    except OSError as error:
        reason = f"{error.strerror or error}: {error.filename}" if error.filename else str(error.strerror or error)
        raise GradingStopped(f"{reason}. What is graded is saved: fix this and run the same command again.") from error


@contextmanager
def _pool(options: RunOptions) -> Iterator[executors.Pool]:
    if options.scheduler is None:
        with executors.local(options.workers) as pool:
            yield pool
    else:
        with executors.cluster(options.scheduler, options.tls) as pool:
            yield pool


def describe_faults(course: Course, tally: Tally) -> str | None:
    """A sentence about faults of the engine or the machine during a run and where their log is; ``None`` if none."""
    if not tally.faulty:
        return None
    count = f"{tally.faulty} submission{'s' if tally.faulty > 1 else ''}"
    sentence = f"The engine or this machine failed while grading {count}: see {log_path(course.root)}."
    if not tally.repeated:
        return sentence
    return f"{sentence} {tally.repeated} could not be graded because of it: the next run grades them again."
