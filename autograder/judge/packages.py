"""The lab's own files, laid out for the judge: the packages that hidden tests import, and the folder that tests run in.

Nothing of a student's is ever in either.
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import ModuleType

from autograder.judge.compiled_modules import compiled_once
from autograder.model.lab import own_modules
from autograder.runner.own_modules import OURS

_own: frozenset[str] = frozenset()  # modules of the lab that is worked on


def is_own(module: str) -> bool:
    """Whether a module lies beside the notebooks of the lab that is worked on."""
    return module.partition(".")[0] in _own


@contextmanager
def installed(packages: Mapping[str, str]) -> Iterator[Path]:
    """Make packages importable: written into a private folder, first on `sys.path`, gone afterwards.

    Whatever was imported under the same names before is set aside, so that one lab's `solutions` never answers for
    another's, and comes back at the end.

    Args:
        packages: relative path -> text, as in `Lab.packages`.
    """
    names = {Path(path).parts[0].removesuffix(".py") for path in packages}
    files = {path: text.encode() for path, text in packages.items()}
    with tempfile.TemporaryDirectory(prefix="judge-") as folder, _first_on_path(_write(files, folder), names) as root:
        yield root


@contextmanager
def working_folder(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Work in a fresh folder that holds a lab's own files, and import its modules from there before any others.

    Each time they are imported anew, so that what one test run did to them is gone in the next.

    Args:
        files: relative path -> content, as in `Lab.own_files`.
    """
    names = {name for name in own_modules(files) if name not in OURS and name not in sys.stdlib_module_names}
    global _own
    before, own_before = os.getcwd(), _own
    with tempfile.TemporaryDirectory(prefix="lab-") as folder, _first_on_path(_write(files, folder), names) as root:
        os.chdir(folder)
        _own = frozenset(names)
        try:
            yield root
        finally:
            _own = own_before
            os.chdir(before)


class KeptFolder:
    """A `working_folder` for the forks of one process: written once, and again only when one of them changed a file.

    What the lab's tests import is loaded here, so that each fork has it as it is before its first use.

    Args:
        files: relative path -> content, as in `Lab.own_files`.
        modules: the lab's own modules to load.
    """

    def __init__(self, files: Mapping[str, bytes], modules: Collection[str] = ()) -> None:
        self.files, self.modules = files, modules
        self.entered = ExitStack()
        self.stamps: list[tuple[str, int, int]] | None = None

    def use(self) -> None:
        """Be in the folder, as it was at first."""
        if self.stamps is not None and self.stamps == self._look():
            return
        self.leave()
        self.root = self.entered.enter_context(working_folder(self.files))
        for module in self.modules:
            with suppress(Exception):  # the test that imports it says so
                importlib.import_module(module)
        self.stamps = self._look()

    def leave(self) -> None:
        """Remove the folder, and forget its modules."""
        self.entered.close()
        self.stamps = None

    def _look(self) -> list[tuple[str, int, int]]:
        found = []
        for folder, _, names in os.walk(self.root):
            for path in (folder, *(os.path.join(folder, name) for name in names)):
                status = os.lstat(path)
                found.append((path, status.st_size, status.st_mtime_ns))
        return sorted(found)


def _write(files: Mapping[str, bytes], folder: str) -> Path:
    root = Path(folder)
    for path, content in files.items():
        target = root / path
        if not target.resolve().is_relative_to(root.resolve()):
            raise ValueError(f"A file must stay inside the lab: {path}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return root


@contextmanager
def _first_on_path(root: Path, names: set[str]) -> Iterator[Path]:
    """Import from a folder first; modules of these names that are there already are set aside, and come back."""
    before = _forget(names)
    sys.path.insert(0, str(root))
    importlib.invalidate_caches()
    try:
        with compiled_once(root):
            yield root
    finally:
        sys.path.remove(str(root))
        _forget(names)
        sys.modules.update(before)
        importlib.invalidate_caches()


def _forget(names: set[str]) -> dict[str, ModuleType]:
    found = [module for module in sys.modules if module.partition(".")[0] in names]
    return {module: sys.modules.pop(module) for module in found}
