"""The lab's own modules in a runner: found before installed ones of the same names, as beside a notebook.

A student's own folder comes last on `sys.path`, so that a submitted `numpy.py` does not hide NumPy. What the lab hands
out is no such accident.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

OURS = frozenset({"autograder", "IPython", "matplotlib", "msgpack", "numpy", "pandas"})
"""What runner and judge themselves work with: no module beside a notebook takes its place."""


class OwnModules:
    """Finds modules of certain names in one folder.

    Args:
        names: of modules and packages.
        folder: where they lie.
    """

    def __init__(self, names: frozenset[str], folder: str) -> None:
        self.names, self.folder = names, folder

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """See `importlib.abc.MetaPathFinder.find_spec`."""
        return PathFinder.find_spec(name, [self.folder]) if path is None and name in self.names else None


def find_first(names: Sequence[str], folder: str) -> None:
    """Let the lab's modules be imported from a folder, whatever else has their names.

    Args:
        names: of modules and packages; those of Python and of what the runner itself works with are left alone.
        folder: where they lie.
    """
    own = frozenset(names) - OURS - sys.stdlib_module_names
    if own:
        sys.meta_path.insert(0, OwnModules(own, folder))
        for name in [name for name in sys.modules if name.partition(".")[0] in own]:
            del sys.modules[name]
