"""`nbgrader autograde` with this engine in it: the command, the Python API and the formgrader's button.

nbgrader has no setting for the class that autogrades, so `install` puts `EngineAutograde` into the two modules that
call it by name. It is an nbgrader converter: options, log and exit status stay nbgrader's. What it does is the batch
of `autograder.grading.batch`, the same that the command ``autograder grade`` runs.
"""

from __future__ import annotations

import fnmatch
import os
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from traitlets import Bool

from autograder.course.config import Course
from autograder.course.limits import read_limits
from autograder.gradebook.store import Store
from autograder.grading import executors
from autograder.grading.batch import Batch, Handed
from autograder.grading.spool import Outputs
from autograder.grading.worker_client import Settings
from autograder.model.errors import AutograderError, CourseError
from autograder.model.record import Result, Submission


def install() -> None:
    """Make every call of nbgrader's autograder a call of this one. Doing it twice changes nothing."""
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
        try:
            bad = self._grade()
        except AutograderError as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error
        except (OSError, KeyboardInterrupt) as error:
            reason = f"{error.strerror}: {error.filename or ''}" if isinstance(error, OSError) else "Stopped."
            self.log.error("%s What is graded is saved: run the same command again to go on.", reason)
            raise NbGraderException(reason) from error
        if bad:
            message = f"These need a look: {', '.join(bad)}. Everything else is graded and saved."
            self.log.error("%s", message)
            raise NbGraderException(message)

    def _grade(self) -> list[str]:
        """Grade and save; return who needs a look."""
        course = Course(Path(self.coursedir.root).resolve(), self.coursedir, read_limits(self.config), self.config)
        labs = {name: course.lab(name) for name in self._lab_names(course)}
        handed, unknown = self._handed(course, list(labs))
        settings = Settings(course.limits, unsafe=self.unsafe)
        workers = min(len(handed), len(os.sched_getaffinity(0)))
        with Store(course.db_url, self.coursedir.course_id, course.late_penalty()) as store:
            outputs = Outputs(course.root, course.autograded)
            with closing(outputs), executors.local(workers) as pool:
                tally = Batch(store, outputs, pool, settings, force=self.force).run(handed, labs, self._saved)
        if tally.elsewhere:
            self.log.warning("%d submissions are being graded by another run.", tally.elsewhere)
        if tally.outdated:
            self.log.warning("%d submissions were graded with older tests: --force grades them again.", tally.outdated)
        self.log.info("%d graded, %d unchanged since they were graded.", tally.graded, tally.skipped)
        return [*unknown, *sorted(f"{student} ({lab})" for student, lab, _ in tally.problems)]

    def _lab_names(self, course: Course) -> list[str]:
        """Labs that the assignment option names; it may hold wildcards, as everywhere in nbgrader."""
        wanted = self.coursedir.assignment_id
        known = course.lab_names()
        names = [name for name in known if fnmatch.fnmatchcase(name, wanted)]
        if not names:
            raise CourseError(f"There is no lab {wanted} in source/. Known labs: {', '.join(known) or 'none'}.")
        chosen = [name for name in names if fnmatch.fnmatchcase(name, self.coursedir.notebook_id)]
        if not chosen:
            raise CourseError(f"{wanted} has no notebook {self.coursedir.notebook_id}: it is called {names[0]}.ipynb.")
        return chosen

    def _handed(self, course: Course, labs: list[str]) -> tuple[list[Handed], list[str]]:
        """The submissions to grade, and students whose submissions are not, as the gradebook does not know them."""
        excluded = set(filter(None, self.coursedir.student_id_exclude.split(",")))
        found = [
            replace(each, read=partial(self._read, each))
            for each in course.handed(labs, self.coursedir.student_id)
            if each.student not in excluded
        ]
        if not found:
            where = course.submitted / self.coursedir.student_id / self.coursedir.assignment_id
            raise CourseError(f"Nothing was handed in: there is no folder {where}.")
        if self.create_student:
            return found, []
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            known = {student.id for student in gradebook.students}
        unknown = sorted({each.student for each in found} - known)
        for student in unknown:
            self.log.error("%s is not in the gradebook: run `nbgrader db student add %s`.", student, student)
        return [each for each in found if each.student in known], unknown

    def _read(self, handed: Handed) -> Submission:
        if self.pre_convert_hook:
            self.run_pre_convert_hook()
        return handed.read()

    def _saved(self, result: Result | None) -> None:
        if result is None:
            return
        who = f"{result.student}, {result.lab}"
        if result.problem:
            self.log.error("%s: %s", who, result.problem)
        else:
            points = sum(record.points or 0.0 for record in result.records)
            self.log.info("%s: %g of %g points", who, points, sum(record.max_points for record in result.records))
        for sentence in result.repairs:
            self.log.info("%s: %s", who, sentence)
        for sentence in result.sightings:
            self.log.warning("%s: seen: %s", who, sentence)
        self.set_permissions(result.lab, result.student)
        if self.post_convert_hook:
            self.run_post_convert_hook()
