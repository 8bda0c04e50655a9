"""A course's folders and settings, read from the same ``nbgrader_config.py`` that plain nbgrader reads."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Bool, Enum, List, TraitError, Unicode
from traitlets.config import Config, Configurable

from autograder.course import CONFIG
from autograder.course.as_handed_out import as_handed_out
from autograder.course.limits import read_limits
from autograder.course.pending import PendingSubmission
from autograder.course.receipts import read_receipt
from autograder.course.settings import read_settings, sets_preprocessor
from autograder.course.submissions import Strays, find_strays, read_submission, students, unfit_root
from autograder.course.timestamps import exchange_zone, handed_in
from autograder.model.errors import CourseError
from autograder.model.lab import Lab, assignment_of, lab_name, notebook_of, read_lab
from autograder.model.limits import Limits
from autograder.model.record import Submission
from autograder.notebook.parsed_lab import texts_by_label

UNFIT_IN_LABS = frozenset("*?[](){}+|^$\\")
"""nbgrader puts a lab's name into file patterns, regular expressions and, between +, into names of submissions."""


class Autograder(Configurable):
    """How a course's labs are graded, configurable as ``c.Autograder.<name>``."""

    packages = List(Unicode(), ["solutions"], help="Packages of the course that test cells may import.").tag(
        config=True
    )
    mistakes = Unicode("mistakes", help="Folder of catalogued mistakes, one folder per exercise.").tag(config=True)
    alternatives = Unicode("alternatives", help="Folder of right answers in other forms, one folder per exercise.").tag(
        config=True
    )
    editions = Unicode("editions", help="Folder of the course's editions, <language>/<release folder>/<lab>.").tag(
        config=True
    )
    language = Unicode("", help="Language of feedback and report, of which there is an edition; empty: English.").tag(
        config=True
    )
    carry_errors = Bool(True, help="Whether a right answer that builds on a wrong one keeps its points.").tag(
        config=True
    )
    weak_tests = Enum(
        ("auto", "never"),
        "auto",
        help="auto: tests that cannot be judged from outside run beside the student's code; never: no test does.",
    ).tag(config=True)


@dataclass(frozen=True)
class Course:
    """One course folder and its configuration."""

    root: Path
    coursedir: CourseDirectory
    limits: Limits
    config: Config

    @property
    def autograder(self) -> Autograder:
        """The engine's settings."""
        return Autograder(config=self.config)

    @property
    def db_url(self) -> str:
        """Address of the gradebook."""
        return str(self.coursedir.db_url)

    @property
    def submitted(self) -> Path:
        """Folder of what students handed in: ``<student>/<lab>/``."""
        return self.root / str(self.coursedir.submitted_directory)

    @property
    def autograded(self) -> Path:
        """Folder of graded notebooks: ``<student>/<lab>/``."""
        return self.root / str(self.coursedir.autograded_directory)

    @property
    def feedback(self) -> Path:
        """Folder of feedback pages: ``<student>/<lab>/``."""
        return self.root / str(self.coursedir.feedback_directory)

    def lab_names(self) -> list[str]:
        """Every lab that has a source notebook, released or not."""
        return sorted(self._labs_in(self.coursedir.source_directory))

    def unreleased(self) -> list[str]:
        """Labs that have a source notebook and no release: students do not have them."""
        return sorted(self._labs_in(self.coursedir.source_directory) - self._labs_in(self.coursedir.release_directory))

    def _labs_in(self, folder: str) -> set[str]:
        paths = (self.root / folder).glob("*/*.ipynb")
        return {lab_name(path.parent.name, path.stem) for path in paths if not path.name.startswith(".")}

    def labs_of(self, name: str) -> list[str]:
        """The labs of an assignment, one for each of its notebooks; or one of them.

        Raises:
            CourseError: there is no such assignment or lab.
        """
        known = self.lab_names()
        found = [lab for lab in known if name in (lab, assignment_of(lab))]
        if not found:
            raise CourseError(
                f"There is no {self.coursedir.source_directory}/{name}. Known labs: {', '.join(known) or 'none'}."
            )
        return found

    def lab(self, name: str) -> Lab:
        """Read one lab.

        Raises:
            CourseError: there is no such lab, it was never built, or its files are damaged.
        """
        if set(name) & UNFIT_IN_LABS:
            raise CourseError(
                f"nbgrader cannot hold a lab of the name {name}: rename it, without {' '.join(sorted(UNFIT_IN_LABS))}."
            )
        settings = self.autograder
        try:
            folders = str(self.coursedir.source_directory), str(self.coursedir.release_directory)
            packages = tuple(settings.packages)
            lab = read_lab(self.root, name, packages, settings.mistakes, settings.alternatives, folders)
            for text in (lab.source, lab.release):
                json.loads(text)["cells"]
            folder = self.root / str(self.coursedir.source_directory) / assignment_of(name)
            source = as_handed_out(lab.source, folder, self.root, self.config)
            lab = replace(lab, source=source, editions=self._texts_in_editions(lab))
        except FileNotFoundError as error:
            raise CourseError(str(error)) from error
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise CourseError(
                f"A file of {name}, of the packages for its tests, or of the mistakes cannot be read "
                f"({' '.join(str(error).split())}): fix it, and run `make build` if it was built."
            ) from error
        return lab

    def editions(self) -> list[str]:
        """The languages besides the course's own in which there is an edition of it."""
        release = str(self.coursedir.release_directory)
        return sorted(path.parent.name for path in self.editions_folder.glob(f"*/{release}"))

    @property
    def editions_folder(self) -> Path:
        """Folder of the editions in other languages."""
        return self.root / str(self.autograder.editions)

    def edition_folder(self, language: str) -> Path:
        """Folder of an edition; of the course itself for ""."""
        return self.editions_folder / language if language else self.root

    def in_edition(self, language: str, path: str) -> Path:
        """Where a file of the course is in an edition, or in the course itself if the edition has none of its own."""
        other = self.edition_folder(language) / path
        return other if other.exists() else self.root / path

    def _texts_in_editions(self, lab: Lab) -> dict[str, dict[str, str]]:
        """Language -> label -> text of each cell of a lab that is another one there."""
        inside = f"{self.coursedir.release_directory}/{assignment_of(lab.name)}/{notebook_of(lab.name)}.ipynb"
        known = texts_by_label(lab.release)
        found = {}
        for language in self.editions():
            path = self.edition_folder(language) / inside
            if path.is_file():
                texts = texts_by_label(path.read_text(encoding="utf-8"))
                found[language] = {label: text for label, text in texts.items() if known.get(label) != text}
        return found

    def pending(self, labs: Iterable[str], student: str = "*") -> Iterator[PendingSubmission]:
        """Every submitted folder of the labs, in order of lab and student.

        Args:
            labs: names of labs.
            student: a student id; ``*`` and ``?`` match as in file names.
        """
        folders, zone = students(self.submitted, student), exchange_zone(self.config)
        labs = list(labs)
        others = self._other_notebooks(labs)
        for lab in labs:
            for folder in (student_folder / assignment_of(lab) for student_folder in folders):
                if os.path.lexists(folder):
                    name = folder.parent.name
                    reader = partial(_read_one, folder, name, lab, self.limits, others[lab])
                    when = handed_in(folder, zone)
                    receipt = read_receipt(self.submitted, lab, name)
                    late = receipt is not None and receipt.late is True
                    yield PendingSubmission(name, lab, when.time, reader, late, when.problem)

    def _other_notebooks(self, labs: Iterable[str]) -> dict[str, frozenset[str]]:
        """Lab -> file names of its assignment's other notebooks."""
        known = self.lab_names()
        return {
            lab: frozenset(
                f"{notebook_of(other)}.ipynb"
                for other in known
                if other != lab and assignment_of(other) == assignment_of(lab)
            )
            for lab in labs
        }

    def strays(self, student: str = "*") -> Strays:
        """Files and folders in ``submitted/`` that are not graded."""
        return find_strays(self.submitted, set(map(assignment_of, self.lab_names())), student)

    def late_penalty(self) -> Callable[[str, float, float], float | None]:
        """The course's late-submission plug-in, as nbgrader would call it; it raises `CourseError` if it fails.

        Raises:
            CourseError: it cannot be imported.
        """
        try:
            plugin_class: type[LateSubmissionPlugin] = LateSubmissionPlugin
            if sets_preprocessor(self.config, "AssignLatePenalties"):
                from nbgrader.preprocessors import AssignLatePenalties  # late: it loads nbconvert

                plugin_class = AssignLatePenalties(config=self.config).plugin_class
            plugin = plugin_class(config=self.config)
        except TraitError as error:
            raise CourseError(_describe(error)) from error

        def penalty(student: str, score: float, late: float) -> float | None:
            try:
                points = plugin.late_submission_penalty(student, score, late)
                return None if points is None else float(points)
            except Exception as error:  # the plug-in is the course's own program: anything may go wrong in it
                raise CourseError(
                    f"The late penalty of {student} cannot be computed by {type(plugin).__name__} "
                    f"({type(error).__name__}: {error}): fix the plug-in and run the command again."
                ) from error

        return penalty


def _read_one(folder: Path, student: str, lab: str, limits: Limits, others: frozenset[str]) -> Submission:
    """A submission to one notebook of an assignment, without the assignment's other notebooks."""
    submission = read_submission(folder, student, lab, limits)
    if not others:
        return submission
    return replace(submission, files={name: text for name, text in submission.files.items() if name not in others})


def load_course(root: Path | None = None, db_url: str | None = None) -> Course:
    """Read ``nbgrader_config.py`` in ``root`` (default: here).

    Raises:
        CourseError: there is no such file, or it cannot be read.
    """
    root = (root or Path()).resolve()
    if not (root / CONFIG).is_file():
        raise CourseError(f"{root} is no course folder: it has no {CONFIG}. Run the command from the course's root.")
    if why := unfit_root(root):
        raise CourseError(why)
    try:
        coursedir, config = read_settings(root)
        if db_url:
            coursedir.db_url = db_url
        limits = read_limits(config)
        Autograder(config=config)  # checks its values now, not when they are used
    except SystemExit as error:  # traitlets' reaction to a value that does not fit
        raise CourseError(_describe(error.__context__ or error)) from error
    except Exception as error:  # the file is a program: anything may go wrong in it
        raise CourseError(_describe(error)) from error
    return Course(root, coursedir, limits, config)


def _describe(error: BaseException) -> str:
    """One sentence about a configuration that cannot be read: file, line, error."""
    what = " ".join(str(error).split()).rstrip(".")
    if isinstance(error, TraitError):
        return f"{CONFIG} sets a value that does not fit: {what}."
    if isinstance(error, SyntaxError):
        where, line, what = error.filename or CONFIG, error.lineno, error.msg
    else:
        frames = reversed(traceback.extract_tb(error.__traceback__))
        mine = next((frame for frame in frames if frame.filename.endswith("_config.py")), None)
        where, line = (mine.filename, mine.lineno) if mine else (CONFIG, None)
    at = f"{where}, line {line}," if line else where
    return f"{at} cannot be read ({type(error).__name__}: {what}): fix it and run the command again."
