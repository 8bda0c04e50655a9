"""Imported first by our own commands: leaves out of `import nbgrader` what takes half a second and no command needs.

nbgrader's `__init__` loads its server extensions, and with them Jupyter Server and all of nbconvert. They are put off
until a server loads them.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

import autograder.notebook.fast_schema  # noqa: F401 - before nbgrader, which loads nbformat

EXTENSIONS = ("assignment_list", "course_list", "validate_assignment", "formgrader")


def _put_off(name: str) -> ModuleType:
    """A module that stands for a server extension and loads it when a server asks for it."""

    def load_jupyter_server_extension(app: Any) -> None:
        import_module(name).load_jupyter_server_extension(app)

    module = ModuleType(name)
    module.__dict__["load_jupyter_server_extension"] = load_jupyter_server_extension
    return module


if "nbgrader" not in sys.modules:
    _put_off_modules = {name: _put_off(name) for name in (f"nbgrader.server_extensions.{each}" for each in EXTENSIONS)}
    sys.modules.update(_put_off_modules)
    import nbgrader  # noqa: F401

    for _name in _put_off_modules:
        del sys.modules[_name]
