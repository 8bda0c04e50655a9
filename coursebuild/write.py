"""Compares the built files on disk with a build and writes them. Only this module writes built files."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path

from coursebuild.beside import GIVEN, PACKAGE
from coursebuild.build import FOLDERS
from coursebuild.notebook import MARK

KEPT = "your_work"
BUILT = ("*.ipynb", GIVEN, f"{PACKAGE}/*.py", f"{PACKAGE}/*.json")


def differences(root: Path, built: Mapping[str, str]) -> list[str]:
    """One message per file on disk that differs from the build, with the first line that differs."""
    messages = []
    for path, text in sorted(built.items()):
        on_disk = _read(root / path)
        if on_disk is None:
            messages.append(f"{path}: is missing.")
        elif on_disk != text:
            messages.append(f"{path}{_first_difference(on_disk, text)}")
    return messages + [f"{path}: was built from a lab that no longer exists." for path in stale(root, built)]


def changed(root: Path, built: Mapping[str, str]) -> list[str]:
    """Paths of the built files that are missing on disk or differ from the build."""
    return sorted(path for path, text in built.items() if _read(root / path) != text)


def stale(root: Path, built: Mapping[str, str]) -> list[str]:
    """Built files on disk whose lab no longer exists. Notebooks that the build did not write are never included."""
    paths = [path for folder in FOLDERS for kind in BUILT for path in sorted((root / folder).rglob(kind))]
    return [name for path in paths if (name := path.relative_to(root).as_posix()) not in built and _is_built(path)]


def write(root: Path, built: Mapping[str, str]) -> list[str]:
    """Write the built files; return one sentence per change. A second call does nothing."""
    messages = []
    for path in changed(root, built):
        target, text = root / path, built[path]
        on_disk = _read(target)
        if on_disk is not None and _worked_in(on_disk):
            messages.append(f"{path}: has been worked in, so the old version is kept as {_keep(root, target)}.")
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_suffix(".half")
        half.write_text(text, encoding="utf-8", newline="\n")
        os.replace(half, target)
        messages.append(f"{path}: written.")
    for path in stale(root, built):
        target = root / path
        if _worked_in(target.read_text(encoding="utf-8")):
            messages.append(f"{path}: has been worked in, so the old version is kept as {_keep(root, target)}.")
        target.unlink()
        if target.parent.name not in FOLDERS and not any(target.parent.iterdir()):
            target.parent.rmdir()
        messages.append(f"{path}: removed, because its lab no longer exists.")
    return messages


def _read(path: Path) -> str | None:
    # as bytes, so that other line endings count as a difference
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None


def _first_difference(on_disk: str, built: str) -> str:
    pairs = enumerate(zip_longest(on_disk.split("\n"), built.split("\n"), fillvalue="(end of file)"), 1)
    number, (old, new) = next((number, pair) for number, pair in pairs if pair[0] != pair[1])
    lines = f"    on disk: {old[:160]!r}\n    built:   {new[:160]!r}"
    return f":{number}: differs from the build.\n{lines}"


def _is_built(path: Path) -> bool:
    if path.suffix != ".ipynb":
        return True
    try:
        return "built_from" in json.loads(path.read_text(encoding="utf-8"))["metadata"]
    except (ValueError, KeyError, TypeError):
        return False


def _worked_in(text: str) -> bool:
    """Whether cells of a notebook have been run; as built, only marked cells have an execution count."""
    if not text.startswith("{") or '"nbformat"' not in text:
        return False
    try:
        return any(
            cell.get("execution_count") and MARK not in cell["metadata"].get("tags", [])
            for cell in json.loads(text)["cells"]
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return True


def _keep(root: Path, path: Path) -> str:
    """Copy a file to a folder that the build never writes to again; return the path of the copy."""
    copy = root / KEPT / path.relative_to(root)
    for number in range(2, 10_000):
        if not copy.exists():
            break
        copy = (root / KEPT / path.relative_to(root)).with_stem(f"{path.stem}_{number}")
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(path, copy)
    return copy.relative_to(root).as_posix()
