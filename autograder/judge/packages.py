"""The lab's own files, laid out for the judge: the packages that hidden tests import, and the folder that tests run in.

Nothing of a student's is ever in either.
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
