"""Source notebooks -> release notebooks, by nbgrader's own generate_assignment, in a folder of its own."""

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


class _Listener(logging.Handler):
    """Keeps what nbgrader says is wrong."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def release_notebooks(sources: Mapping[str, str], settings: Config) -> dict[str, str]:
    """Turn source notebooks into release notebooks.

    Args:
        sources: lab -> text of its source notebook.
        settings: nbgrader's settings of the course; their folders are left alone.

    Returns:
        lab -> text of its release notebook.

    Raises:
        BuildError: nbgrader refused a notebook. Its command line exits 0 then, so what it wrote is what counts.
    """
    released: dict[str, str] = {}
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        config = Config(settings)
        config.CourseDirectory.root = folder
        # as `nbgrader generate_assignment --no-db`: what it writes is the same, and no gradebook is touched
        config.GenerateAssignment.no_database = True
        config.SaveCells.enabled = False
        for lab, text in sources.items():
            source, release = (Path(folder, kind, lab, f"{lab}.ipynb") for kind in ("source", "release"))
            source.parent.mkdir(parents=True)
            source.write_text(text, encoding="utf-8")
            config.CourseDirectory.assignment_id = lab
            listener, log = _Listener(), logging.Logger("nbgrader")
            log.addHandler(listener)
            with contextlib.suppress(NbGraderException, SystemExit):
                GenerateAssignment(coursedir=CourseDirectory(config=config, log=log), config=config, log=log).start()
            if release.is_file():
                released[lab] = release.read_text(encoding="utf-8").rstrip("\n") + "\n"
            else:
                said = tuple(line for text in listener.said for line in text.splitlines() if line.strip())
                problems.append(Problem(f"labs/{lab}.py", 1, "nbgrader makes no release of this lab. It says:", said))
    if problems:
        raise BuildError(problems)
    return released
