"""A course's ``nbgrader_config.py``, read as nbgrader reads it, without loading nbgrader's commands."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any

from jupyter_core.application import JupyterApp
from nbgrader.coursedir import CourseDirectory
from traitlets import Instance, List, default
from traitlets.config import Config
from traitlets.config.application import catch_config_error

from autograder.course import CONFIG

NBGRADERS_OWN = frozenset(
    {"NbGrader", "NbGraderConfig", "BasicConfig", "BaseNbGraderApp", "BaseApp", "TransferApp", "BaseNbConvertApp"}
)
"""Sections that nbgrader's application reads itself, most of them outdated ones that it moves to where they belong."""


def read_settings(root: Path) -> tuple[CourseDirectory, Config]:
    """The folders and settings of the course in ``root``.

    Raises:
        SystemExit: a value does not fit.
        Exception: whatever the file raises, which is a program.
    """
    app: Any = _initialized(_CourseApp, root)
    if NBGRADERS_OWN & set(app.config) or "course_id" in app.config.Exchange:
        from nbgrader.apps.baseapp import NbGrader  # it loads all of nbgrader, and few courses have such sections

        app = _initialized(NbGrader, root)
    return app.coursedir, app.config


def sets_preprocessor(config: Config, name: str) -> bool:
    """Whether a configuration says anything of one of nbgrader's preprocessors, by its own name or a base class's."""
    bases = {"NbGraderPreprocessor", "Preprocessor", "NbConvertBase", "LoggingConfigurable", "Configurable"}
    return not bases.isdisjoint(config) or bool(config.get(name))


def _initialized(kind: type[Any], root: Path) -> Any:
    silent = logging.Logger("nbgrader_config")  # who reads the settings says what is wrong, once
    silent.addHandler(logging.NullHandler())
    app = kind(log=silent, raise_config_file_errors=True)
    app.config_file_paths.insert(0, str(root))
    app.load_cwd_config = False  # the command may be given in another course's folder
    app.initialize([f"--course-dir={root}"])
    return app


class _CourseApp(JupyterApp):
    """What of `nbgrader.apps.baseapp.NbGrader` reads settings, in the same order."""

    aliases = {"course-dir": "CourseDirectory.root"}  # noqa: RUF012 - traitlets' way
    flags = {}  # noqa: RUF012
    classes = List([CourseDirectory])
    coursedir = Instance(CourseDirectory, allow_none=True)
    load_cwd_config = False

    @default("config_file_name")
    def _config_file_name_default(self) -> str:
        return CONFIG.removesuffix(".py")

    def _load_config(self, cfg: Config, *sections: Any, **options: Any) -> None:
        super()._load_config(cfg, *sections, **options)
        if self.coursedir:
            self.coursedir._load_config(cfg)

    @catch_config_error
    def initialize(self, argv: list[str] | None = None) -> None:
        """Read the settings of this machine and user, the given options, and the course's file."""
        sys.path.insert(0, os.getcwd())
        self.coursedir = CourseDirectory(parent=self)
        super().initialize(argv)
        super(JupyterApp, self).load_config_file(CONFIG, path=self.coursedir.root)
