"""Where a course keeps its things, read from the same ``nbgrader_config.py`` that plain nbgrader reads."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.apps.baseapp import NbGrader
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc
from traitlets import List, Unicode
from traitlets.config import Config, Configurable

from autograder.batch import Handed
from autograder.lab import Lab, read_lab
from autograder.limits import Limits
from autograder.submissions import read_submission


class CourseError(RuntimeError):
    """The course folder is not as it should be; the sentence says what to do."""


class Autograder(Configurable):
    """Where the engine finds what test cells need, configurable as ``c.Autograder.<name>``."""

    packages = List(Unicode(), ["solutions"], help="Packages of the course that test cells may import.").tag(
        config=True
    )
    mistakes = Unicode("mistakes", help="Folder of catalogued mistakes, one folder an exercise.").tag(config=True)


@dataclass(frozen=True)
class Course:
    """One course folder and its configuration."""

    root: Path
    coursedir: CourseDirectory
    limits: Limits
    config: Config

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
        """Every lab that has a source notebook."""
        return sorted(
            path.stem
            for path in (self.root / self.coursedir.source_directory).glob("*/*.ipynb")
            if path.stem == path.parent.name
        )

    def lab(self, name: str) -> Lab:
        """Read one lab.

        Raises:
            CourseError: there is no such lab, or it was never built.
        """
        settings = Autograder(config=self.config)
        try:
            return read_lab(self.root, name, tuple(settings.packages), settings.mistakes)
        except FileNotFoundError as error:
            raise CourseError(str(error)) from error

    def handed(self, labs: list[str], student: str = "*") -> Iterator[Handed]:
        """Every submitted folder of the labs, in order of lab and student."""
        for lab in labs:
            for folder in sorted(self.submitted.glob(f"{student}/{lab}")):
                name = folder.parent.name
                if name.startswith("."):
                    continue
                yield Handed(name, lab, read_timestamp(folder), self._reader(folder, name, lab))

    def _reader(self, folder: Path, student: str, lab: str) -> Callable[[], Any]:
        limits = self.limits.to_dict()
        return lambda: read_submission(folder, student, lab, limits)

    def late_penalty(self) -> Callable[[str, float, float], float | None]:
        """The course's late-submission plug-in, as nbgrader would call it."""
        preprocessor = AssignLatePenalties(config=self.config)
        plugin: LateSubmissionPlugin = preprocessor.plugin_class(config=self.config)
        penalty: Callable[[str, float, float], float | None] = plugin.late_submission_penalty
        return penalty


def read_timestamp(folder: Path) -> datetime.datetime | None:
    """When a folder was handed in (UTC, no zone), from its ``timestamp.txt``; ``None`` if that says nothing."""
    try:
        text = (folder / "timestamp.txt").read_text(encoding="utf-8").strip()
        return parse_utc(text) if text else None
    except (OSError, ValueError):
        return None


def load_course(root: Path | None = None, db_url: str | None = None) -> Course:
    """Read ``nbgrader_config.py`` in ``root`` (default: here).

    Raises:
        CourseError: there is no such file, or it cannot be read.
    """
    root = (root or Path()).resolve()
    if not (root / "nbgrader_config.py").is_file():
        raise CourseError(
            f"{root} is no course folder: it has no nbgrader_config.py. Run the command from the course's root."
        )
    app = NbGrader()
    app.config_file_paths.insert(0, str(root))
    app.initialize([f"--course-dir={root}", "--quiet"])
    if db_url:
        app.coursedir.db_url = db_url
    return Course(root, app.coursedir, Limits(config=app.config), app.config)
