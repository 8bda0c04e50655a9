"""Imported first by our own commands: leaves out of `import nbgrader` what takes half a second and no command needs.

nbgrader's `__init__` loads its server extensions, and with them Jupyter Server and all of nbconvert. They are put off
until a server loads them. Two packages of which nbgrader imports a function for rare uses are put off until these come.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

import autograder.notebook.fast_schema  # noqa: F401 - before nbgrader, which loads nbformat

EXTENSIONS = ("assignment_list", "course_list", "validate_assignment", "formgrader")
RARE = ("requests", "setuptools.archive_util")  # for JupyterHub's groups, and for archives that `zip_collect` unpacks


def _put_off(name: str) -> ModuleType:
    """A module that stands for a server extension and loads it when a server asks for it."""

    def load_jupyter_server_extension(app: Any) -> None:
        import_module(name).load_jupyter_server_extension(app)

    module = ModuleType(name)
    module.__dict__["load_jupyter_server_extension"] = load_jupyter_server_extension
    return module


def _standing_for(name: str) -> ModuleType:
    """A module whose functions are another's, which is imported when one of them is called."""

    def function(called: str) -> Any:
        return lambda *args, **kwargs: getattr(import_module(name), called)(*args, **kwargs)

    module = ModuleType(name)
    module.__dict__["__getattr__"] = function
    return module


if "nbgrader" not in sys.modules:
    _put_off_modules = {name: _put_off(name) for name in (f"nbgrader.server_extensions.{each}" for each in EXTENSIONS)}
    _put_off_modules |= {name: _standing_for(name) for name in RARE if name not in sys.modules}
    sys.modules.update(_put_off_modules)
    import nbgrader.auth
    import nbgrader.utils  # noqa: F401

    for _name in _put_off_modules:
        del sys.modules[_name]
