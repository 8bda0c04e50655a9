"""What the engine must know of one lab, as plain data that can travel to any machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

_NOT_COPIED = frozenset({".ipynb", ".pyc", ".ipynb_checkpoints", "__pycache__", ".pytest_cache"})
"""Endings and names of what nbgrader does not hand out beside the notebooks."""


@dataclass(frozen=True)
class Lab:
    """One lab, ready to be graded anywhere.

    Attributes:
        name: e.g. ``01_single_neuron``: of the assignment, and of its notebook too; ``ps1/problem2`` if these differ.
        source: the nbgrader source notebook (with answers and hidden tests), JSON text.
        release: what students were given, JSON text.
        packages: relative path -> text of the Python packages that test cells may import,
            e.g. ``{"solutions/sigmoid.py": ...}``. They reach the judge, never the runner.
        mistakes: exercise -> mistake name -> text of the wrong answer; its docstring is the sentence.
        alternatives: exercise -> name -> text of a right answer in another form than the reference's.
        files: modules and data files that come with the lab, relative path -> content; they reach runner and judge.
        private_files: those that lie beside the source notebook only; they reach the judge alone.
        editions: language -> label of a cell -> its released text in that language, where it is another one.
    """

    name: str
    source: str
    release: str
    packages: dict[str, str] = field(default_factory=dict)
    mistakes: dict[str, dict[str, str]] = field(default_factory=dict)
    alternatives: dict[str, dict[str, str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    private_files: dict[str, bytes] = field(default_factory=dict)
    editions: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def own_files(self) -> dict[str, bytes]:
        """All that lies beside its notebooks."""
        return {**self.files, **self.private_files}

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for msgpack."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Lab:
        """Inverse of `to_dict`."""
        return cls(**data)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything in it, the same in every process."""
        sha = hashlib.sha256()
        for key, value in sorted(_flatten(self.to_dict())):
            for part in (key.encode(), value):
                sha.update(len(part).to_bytes(8, "big") + part)
        return sha.hexdigest()


def _flatten(data: dict[str, Any], prefix: str = "") -> list[tuple[str, bytes]]:
    flat: list[tuple[str, bytes]] = []
    for key, value in data.items():
        if isinstance(value, dict):
            flat += _flatten(value, f"{prefix}{key}/")
        else:
            flat.append((prefix + key, value if isinstance(value, bytes) else str(value).encode()))
    return flat


def assignment_of(lab: str) -> str:
    """The assignment that a lab is, or belongs to."""
    return lab.partition("/")[0]


def notebook_of(lab: str) -> str:
    """Name of a lab's notebook, without its ending."""
    return lab.rpartition("/")[2]


def lab_name(assignment: str, notebook: str) -> str:
    """Name of the lab that is one notebook of an assignment."""
    return assignment if assignment == notebook else f"{assignment}/{notebook}"


def read_lab(
    root: Path,
    name: str,
    packages: tuple[str, ...] = ("solutions",),
    mistakes: str = "mistakes",
    alternatives: str = "alternatives",
    folders: tuple[str, str] = ("source", "release"),
) -> Lab:
    """Read a lab from a course folder.

    Args:
        root: the course's folder.
        name: name of the lab.
        packages: packages of the course that test cells may import.
        mistakes: folder of catalogued mistakes.
        alternatives: folder of right answers in other forms.
        folders: where source and release are.

    Raises:
        FileNotFoundError: the lab has no source or no release, said in one sentence.
    """
    texts = {}
    assignment, notebook = assignment_of(name), notebook_of(name)
    commands = "make build", f"nbgrader generate_assignment {assignment}"
    for kind, folder, command in zip(("source", "release"), folders, commands, strict=True):
        path = root / folder / assignment / f"{notebook}.ipynb"
        if not path.is_file():
            known = sorted({lab_name(p.parent.name, p.stem) for p in (root / folder).glob("*/*.ipynb")})
            raise FileNotFoundError(
                f"There is no {folder}/{assignment}/{notebook}.ipynb. Known labs: {', '.join(known) or 'none'}. "
                f"If the name is right, run `{command}`."
            )
        texts[kind] = path.read_text(encoding="utf-8")
    source, released = (_beside(root / folder / assignment) for folder in folders)
    return Lab(
        name=name,
        source=texts["source"],
        release=texts["release"],
        packages={
            path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
            for package in packages
            for path in sorted((root / package).rglob("*.py"))
        },
        mistakes=_texts(root / mistakes),
        alternatives=_texts(root / alternatives),
        files={path: source.get(path, content) for path, content in released.items()},
        private_files={path: content for path, content in source.items() if path not in released},
    )


def own_modules(files: Iterable[str]) -> set[str]:
    """Names of the modules and packages that lie at the top of a lab's folder.

    Args:
        files: relative paths.
    """
    paths = [PurePosixPath(path) for path in files if path.endswith(".py")]
    return {path.parts[0].removesuffix(".py") for path in paths if path.parts[0].removesuffix(".py").isidentifier()}


def _beside(folder: Path) -> dict[str, bytes]:
    """What lies beside the notebooks of a folder: relative path -> content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in _NOT_COPIED and not _NOT_COPIED & {*path.relative_to(folder).parts}
    }


def _texts(catalogue: Path) -> dict[str, dict[str, str]]:
    """Exercise -> name -> text, from a folder of folders."""
    return {
        folder.name: {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}
        for folder in sorted(catalogue.glob("*/"))
    }
