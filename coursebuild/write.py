"""The built files on disk: what differs, and making them the same. This module alone writes built files."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path

from coursebuild.build import FOLDERS

KEPT = "your_work"


def differences(root: Path, built: Mapping[str, str]) -> list[str]:
    """One text for each file on disk that is not as built, with the first two lines that differ."""
    said = []
    for path, text in sorted(built.items()):
        on_disk = _read(root / path)
        if on_disk is None:
            said.append(f"{path}: is not there.")
        elif on_disk != text:
            said.append(f"{path}{_first_difference(on_disk, text)}")
    return said + [f"{path}: is built from a lab that is gone." for path in stale(root, built)]


def stale(root: Path, built: Mapping[str, str]) -> list[str]:
    """Built files on disk whose lab is gone. Notebooks that the build did not make are never among them."""
    found = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*.ipynb"))]
    return [name for path in found if (name := path.relative_to(root).as_posix()) not in built and _is_built(path)]


def write(root: Path, built: Mapping[str, str]) -> list[str]:
    """Make the files on disk as built; says in one sentence each what was done. A second call does nothing."""
    said = []
    for path, text in sorted(built.items()):
        target = root / path
        on_disk = _read(target)
        if on_disk == text:
            continue
        if on_disk is not None and _worked_in(on_disk):
            said.append(f"{path}: somebody worked in it, so that version is kept as {_keep(root, target)}.")
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_suffix(".half")
        half.write_text(text, encoding="utf-8", newline="\n")
        os.replace(half, target)
        said.append(f"{path}: written.")
    for path in stale(root, built):
        target = root / path
        if _worked_in(target.read_text(encoding="utf-8")):
            said.append(f"{path}: somebody worked in it, so that version is kept as {_keep(root, target)}.")
        target.unlink()
        if target.parent.name not in FOLDERS and not any(target.parent.iterdir()):
            target.parent.rmdir()
        said.append(f"{path}: removed, its lab is gone.")
    return said


def _read(path: Path) -> str | None:
    # as bytes, so that foreign line ends count as a difference
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None


def _first_difference(on_disk: str, built: str) -> str:
    pairs = enumerate(zip_longest(on_disk.split("\n"), built.split("\n"), fillvalue="(end of file)"), 1)
    number, (old, new) = next((number, pair) for number, pair in pairs if pair[0] != pair[1])
    lines = f"    on disk: {old[:160]!r}\n    built:   {new[:160]!r}"
    return f":{number}: differs from what the labs and solutions give.\n{lines}"


def _is_built(path: Path) -> bool:
    try:
        return "built_from" in json.loads(path.read_text(encoding="utf-8"))["metadata"]
    except (ValueError, KeyError, TypeError):
        return False


def _worked_in(text: str) -> bool:
    """Whether somebody ran cells in a notebook; in a built one only marked cells have an execution count."""
    try:
        return any(cell.get("execution_count") and "tags" not in cell["metadata"] for cell in json.loads(text)["cells"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return True


def _keep(root: Path, path: Path) -> str:
    """Copy a file to a folder that the build never touches again; returns the copy's path."""
    copy = root / KEPT / path.relative_to(root)
    for number in range(2, 10_000):
        if not copy.exists():
            break
        copy = (root / KEPT / path.relative_to(root)).with_stem(f"{path.stem}_{number}")
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(path, copy)
    return copy.relative_to(root).as_posix()
