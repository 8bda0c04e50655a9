"""What the engine must know of one lab, as plain data that can travel to any machine."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Lab:
    """One lab, ready to be graded anywhere.

    Attributes:
        name: e.g. ``01_single_neuron``.
        source: the nbgrader source notebook (with answers and hidden tests), JSON text.
        release: what students were given, JSON text.
        packages: relative path -> text of the Python packages that test cells may import,
            e.g. ``{"solutions/sigmoid.py": ...}``. They reach the judge, never the runner.
        mistakes: exercise -> mistake name -> text of the wrong answer; its docstring is the sentence.
        alternatives: exercise -> name -> text of a right answer in another form than the reference's.
        files: data files that come with the lab, relative path -> content; they reach the runner.
    """

    name: str
    source: str
    release: str
    packages: dict[str, str] = field(default_factory=dict)
    mistakes: dict[str, dict[str, str]] = field(default_factory=dict)
    alternatives: dict[str, dict[str, str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

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


def read_lab(
    root: Path,
    name: str,
    packages: tuple[str, ...] = ("solutions",),
    mistakes: str = "mistakes",
    alternatives: str = "alternatives",
) -> Lab:
    """Read a lab from a course folder.

    Raises:
        FileNotFoundError: the lab has no source or no release, said in one sentence.
    """
    texts = {}
    for folder, command in (("source", "make build"), ("release", f"nbgrader generate_assignment {name}")):
        path = root / folder / name / f"{name}.ipynb"
        if not path.is_file():
            known = sorted(p.parent.name for p in (root / folder).glob("*/*.ipynb"))
            raise FileNotFoundError(
                f"There is no {folder}/{name}/{name}.ipynb. Known labs: {', '.join(known) or 'none'}. "
                f"If the name is right, run `{command}`."
            )
        texts[folder] = path.read_text(encoding="utf-8")
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
        files={
            path.relative_to(root / "release" / name).as_posix(): path.read_bytes()
            for path in sorted((root / "release" / name).rglob("*"))
            if path.is_file() and path.suffix != ".ipynb"
        },
    )


def _texts(catalogue: Path) -> dict[str, dict[str, str]]:
    """Exercise -> name -> text, from a folder of folders."""
    return {
        folder.name: {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}
        for folder in sorted(catalogue.glob("*/"))
    }
