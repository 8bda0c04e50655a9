"""The lab's own modules in a runner: found before installed ones of the same names, as beside a notebook.

A student's own folder comes last on `sys.path`, so that a submitted `numpy.py` does not hide NumPy. What the lab hands
out is no such accident.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

from autograder.protocol.bytecode import unpacked

OURS = frozenset({"autograder", "IPython", "matplotlib", "msgpack", "numpy", "pandas"})
"""What runner and judge themselves work with: no module beside a notebook takes its place."""


class OwnModules:
    """Finds modules of certain names in one folder.

    Args:
        names: of modules and packages.
        folder: where they lie.
        compiled: text of a module -> its packed code, for as many as are compiled.
    """

    def __init__(self, names: frozenset[str], folder: str, compiled: Mapping[bytes, bytes]) -> None:
        self.names, self.folder, self.compiled = names, folder, compiled

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """See `importlib.abc.MetaPathFinder.find_spec`."""
        if name.partition(".")[0] not in self.names:
            return None
        spec = PathFinder.find_spec(name, [self.folder] if path is None else path)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            code = self.compiled.get(spec.loader.get_data(spec.loader.path))
            if code:  # nobody has changed the file meanwhile
                spec.loader = _CompiledLoader(name, spec.loader.path, code)
        return spec


class _CompiledLoader(SourceFileLoader):
    """Loads a module whose code is there already."""

    def __init__(self, name: str, path: str, code: bytes) -> None:
        super().__init__(name, path)
        self.code = code

    def get_code(self, fullname: str) -> CodeType:
        """See `importlib.abc.InspectLoader.get_code`."""
        return unpacked(self.code, self.path)


def find_first(names: Sequence[str], folder: str, compiled: Mapping[bytes, bytes]) -> None:
    """Let the lab's modules be imported from a folder, whatever else has their names.

    Args:
        names: of modules and packages; those of Python and of what the runner itself works with are left alone.
        folder: where they lie.
        compiled: text of a module -> its packed code, so that it need not be compiled in every runner.
    """
    own = frozenset(names) - OURS - sys.stdlib_module_names
    if own:
        sys.meta_path.insert(0, OwnModules(own, folder, compiled))
        for name in [name for name in sys.modules if name.partition(".")[0] in own]:
            del sys.modules[name]
