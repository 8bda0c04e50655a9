"""`nbgrader autograde` with this engine: the command, the Python API and the formgrader's button.

nbgrader has no setting for the class that autogrades, so `install` puts `EngineAutograde` into the two modules that
call it by name. It is an nbgrader converter: options, log and exit status stay nbgrader's. The run itself is the same
as that of the command ``autograder grade``: `autograder.grading.run`.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from traitlets import Bool

from autograder.course.config import Course
from autograder.course.limits import read_limits
from autograder.course.log import logging_to
from autograder.course.pending import PendingSubmission
from autograder.gradebook.database import Database
from autograder.gradebook.students import read_students
from autograder.grading.run import RunOptions, describe_faults, find_work, grading_run
from autograder.model.errors import AutograderError, CourseError
from autograder.model.lab import assignment_of, notebook_of
from autograder.model.record import Result, Submission


def install() -> None:
    """Replace nbgrader's autograder by this one. Installing it twice changes nothing."""
    nbgrader.apps.autogradeapp.Autograde = EngineAutograde
    nbgrader.apps.api.Autograde = EngineAutograde


class EngineAutograde(Autograde):  # type: ignore[misc]
    """Grades with the engine: repair, sandboxed runner, judge. Only records give points."""

    unsafe = Bool(False, help="Grade without isolation where the machine offers none; records say so.").tag(config=True)

    def start(self) -> None:
        """Grade every submission that the options select.

        Raises:
            NbGraderException: something could not be graded, and the log says what; all else is graded and saved.
        """
        if self.config.Execute.get("enabled") is False:
            self.log.warning("--no-execute is ignored: points come from running the answers, never from saved outputs.")
        course = Course(Path(self.coursedir.root).resolve(), self.coursedir, read_limits(self.config), self.config)
        try:
            with logging_to(course.root):
                to_review = self._grade(course)
        except (AutograderError, OSError) as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error
        if to_review:
            message = f"These need a look: {', '.join(to_review)}. Everything else is graded and saved."
            self.log.error("%s", message)
            raise NbGraderException(message)

    def _grade(self, course: Course) -> list[str]:
        """Grade and save.

        Returns:
            Labs that could not be graded, and students, with the lab in brackets, whose submissions need a person.
        """
        excluded = set(filter(None, self.coursedir.student_id_exclude.split(",")))
        work = find_work(course, self._lab_names(course), self.coursedir.student_id, excluded)
        unknown = set() if self.create_student else self._unknown_students(work.submissions)
        submissions = [
            replace(pending, read=partial(self._read, pending))
            for pending in work.submissions
            if pending.student not in unknown
        ]
        with grading_run(course, RunOptions(force=self.force, unsafe=self.unsafe)) as batch:
            tally = batch.run(submissions, work.labs, self._saved)
        left_out = {**work.left_out, **tally.left_out}
        for lab, reason in left_out.items():
            self.log.error("%s is not graded: %s", lab, reason)
        if tally.elsewhere:
            self.log.warning("%d submissions are being graded by another run.", tally.elsewhere)
        if tally.outdated:
            self.log.warning("%d submissions were graded with older tests: --force grades them again.", tally.outdated)
        if faults := describe_faults(course, tally):
            self.log.error("%s", faults)
        self.log.info("%d graded, %d unchanged since they were graded.", tally.graded, tally.skipped)
        problems = sorted(f"{student} ({lab})" for student, lab, _ in tally.problems)
        return [*sorted(left_out), *sorted(unknown), *problems]

    def _lab_names(self, course: Course) -> list[str]:
        """Labs that the assignment option names; it may hold wildcards, as everywhere in nbgrader."""
        wanted = self.coursedir.assignment_id
        known = course.lab_names()
        names = [name for name in known if fnmatch.fnmatchcase(assignment_of(name), wanted)]
        if not names:
            raise CourseError(f"There is no lab {wanted} in source/. Known labs: {', '.join(known) or 'none'}.")
        chosen = [name for name in names if fnmatch.fnmatchcase(notebook_of(name), self.coursedir.notebook_id)]
        if not chosen:
            called = f"{notebook_of(names[0])}.ipynb"
            raise CourseError(f"{wanted} has no notebook {self.coursedir.notebook_id}: it is called {called}.")
        return chosen

    def _unknown_students(self, submissions: Iterable[PendingSubmission]) -> set[str]:
        """Students whom the gradebook does not know."""
        with Database(self.coursedir.db_url) as database:
            known = {student.id for student in read_students(database)}
        unknown = {pending.student for pending in submissions} - known
        for student in sorted(unknown):
            self.log.error("%s is not in the gradebook: run `nbgrader db student add %s`.", student, student)
        return unknown

    def _read(self, pending: PendingSubmission) -> Submission:
        if self.pre_convert_hook:
            self.run_pre_convert_hook()
        return pending.read()

    def _saved(self, result: Result | None) -> None:
        if result is None:
            return
        name = f"{result.student}, {result.lab}"
        if result.problem:
            self.log.error("%s: %s", name, result.problem)
        else:
            points = sum(record.points or 0.0 for record in result.records)
            self.log.info("%s: %g of %g points", name, points, sum(record.max_points for record in result.records))
        for sentence in result.repairs:
            self.log.info("%s: %s", name, sentence)
        for sentence in result.sightings:
            self.log.warning("%s: seen: %s", name, sentence)
        self.set_permissions(assignment_of(result.lab), result.student)
        if self.post_convert_hook:
            self.run_post_convert_hook()
