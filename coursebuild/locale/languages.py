"""The languages that the course has besides English, read from `labs/locale/<language>/`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polib

FOLDER = "labs/locale"
EDITIONS = "editions"
STATUS, DRAFT = "X-Status", "draft"


@dataclass(frozen=True)
class Edition:
    """The course in another language, as far as it is authored.

    Attributes:
        language: code of the language, the name of its folder.
        catalogues: catalogue -> English message -> the message in this language; what is not translated is left out.
        is_draft: whether a catalogue is marked as unfinished: then the edition is not built.
        figures: file name -> content of the PNG that was drawn of a translated figure.
        expected: lab -> what its marked cells print in this language.
    """

    language: str
    catalogues: dict[str, dict[str, str]]
    is_draft: bool = False
    figures: dict[str, bytes] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)


def languages(root: Path) -> list[str]:
    """The languages that have a folder of catalogues."""
    return sorted(path.name for path in (root / FOLDER).glob("*/") if any(path.glob("*.po")))


def read_editions(root: Path) -> dict[str, Edition]:
    """Language -> what is authored of its edition."""
    return {language: _edition(root / FOLDER / language) for language in languages(root)}


def is_draft(file: polib.POFile) -> bool:
    """Whether a catalogue is marked as unfinished."""
    return bool(file.metadata.get(STATUS, "") == DRAFT)


def _edition(folder: Path) -> Edition:
    files = {path.stem: polib.pofile(str(path)) for path in sorted(folder.glob("*.po"))}
    return Edition(
        language=folder.name,
        catalogues={
            name: {
                entry.msgid: entry.msgstr for entry in file if entry.msgstr and not entry.obsolete and not entry.fuzzy
            }
            for name, file in files.items()
        },
        is_draft=any(map(is_draft, files.values())),
        figures={path.name: path.read_bytes() for path in sorted((folder / "figures").glob("*.png"))},
        expected={path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "expected").glob("*.txt"))},
    )
