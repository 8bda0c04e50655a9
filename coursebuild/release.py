"""Turns source notebooks into release notebooks with nbgrader's own generate_assignment, in a temporary folder."""

from __future__ import annotations

import contextlib
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from coursebuild.problem import BuildError, Problem


class _ErrorCollector(logging.Handler):
    """Collects the error messages that nbgrader logs."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def release_notebooks(sources: Mapping[str, str], settings: Config) -> dict[str, str]:
    """Turn source notebooks into release notebooks.

    Args:
        sources: lab -> text of its source notebook.
        settings: the course's nbgrader settings; the folders that they name are not used.

    Returns:
        lab -> text of its release notebook.

    Raises:
        BuildError: nbgrader refused a notebook. It reports no failure then, so the build checks for the written file.
    """
    released: dict[str, str] = {}
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        config = Config(settings)
        config.CourseDirectory.root = folder
        # as `nbgrader generate_assignment --no-db`: the output is the same, and no gradebook is touched
        config.GenerateAssignment.no_database = True
        config.SaveCells.enabled = False
        for lab, text in sources.items():
            source, release = (Path(folder, kind, lab, f"{lab}.ipynb") for kind in ("source", "release"))
            source.parent.mkdir(parents=True)
            source.write_text(text, encoding="utf-8")
            config.CourseDirectory.assignment_id = lab
            errors, log = _ErrorCollector(), logging.Logger("nbgrader")
            log.addHandler(errors)
            with contextlib.suppress(NbGraderException, SystemExit):
                GenerateAssignment(coursedir=CourseDirectory(config=config, log=log), config=config, log=log).start()
            if release.is_file():
                released[lab] = release.read_text(encoding="utf-8").rstrip("\n") + "\n"
            else:
                lines = tuple(line for text in errors.messages for line in text.splitlines() if line.strip())
                message = "nbgrader could not make a release notebook of this lab:"
                problems.append(Problem(f"labs/{lab}.py", 1, message, lines))
    if problems:
        raise BuildError(problems)
    return released
