"""The packages that hidden tests import, laid out where only the judge's Python finds them."""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType


@contextmanager
def installed(packages: Mapping[str, str]) -> Iterator[Path]:
    """Make packages importable: written into a private folder, first on `sys.path`, gone afterwards.

    Whatever was imported under the same names before is set aside, so that one lab's `solutions` never answers for
    another's, and comes back at the end.

    Args:
        packages: relative path -> text, as in `Lab.packages`.
    """
    names = {Path(path).parts[0].removesuffix(".py") for path in packages}
    with tempfile.TemporaryDirectory(prefix="judge-") as folder:
        root = Path(folder)
        for path, text in packages.items():
            target = root / path
            if not target.resolve().is_relative_to(root.resolve()):
                raise ValueError(f"A package path must stay inside the lab: {path}")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        before = _forget(names)
        sys.path.insert(0, folder)
        importlib.invalidate_caches()
        try:
            yield root
        finally:
            sys.path.remove(folder)
            _forget(names)
            sys.modules.update(before)
            importlib.invalidate_caches()


def _forget(names: set[str]) -> dict[str, ModuleType]:
    found = [module for module in sys.modules if module.partition(".")[0] in names]
    return {module: sys.modules.pop(module) for module in found}
