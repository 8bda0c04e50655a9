"""The catalogues of a language: `labs/locale/<language>/*.po`, read, brought up to date, and written."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polib

from coursebuild.locale.languages import DRAFT, FOLDER, STATUS, is_draft
from coursebuild.locale.sources import Message, Messages

ALIKE = 0.6  # from which on the translation of a message that is gone is offered for a new one
_WIDTH = 100


@dataclass(frozen=True)
class Catalogue:
    """One catalogue of a language.

    Attributes:
        path: relative to the course's root.
        entries: its entries, in order.
    """

    path: str
    entries: polib.POFile

    @property
    def is_draft(self) -> bool:
        """Whether it is marked as unfinished: then what is missing is no fault, and no edition is built."""
        return is_draft(self.entries)


def read(root: Path, language: str) -> dict[str, Catalogue]:
    """Name of each catalogue of a language -> the catalogue."""
    paths = sorted((root / FOLDER / language).glob("*.po"))
    return {path.stem: Catalogue(path.relative_to(root).as_posix(), polib.pofile(str(path))) for path in paths}


def update(root: Path, language: str, messages: Messages) -> list[str]:
    """Bring the catalogues of a language up to date; returns what is left to do, one line for each catalogue.

    A translation stays with its message, whichever catalogue the message now belongs to. A new message is offered the
    translation of the likest one that is gone, marked as fuzzy. What is gone for good is removed: the history of the
    repository has it.
    """
    before = read(root, language)
    known = {entry.msgid: entry for catalogue in before.values() for entry in catalogue.entries if not entry.obsolete}
    wanted = {message for own in messages.values() for message in own}
    gone = {message: entry for message, entry in known.items() if message not in wanted and entry.msgstr}
    folder = root / FOLDER / language
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for name, own in messages.items():
        file = polib.POFile(wrapwidth=_WIDTH, encoding="utf-8")
        file.metadata = _metadata(language, name, before)
        file.header = f"{name}: {len(own)} messages. What a translation must keep is in docs/translating.md."
        here = {entry.msgid: entry for entry in before[name].entries} if name in before else {}
        for message, what in own.items():
            file.append(_entry(message, what, known | here, gone))
        text = str(file) + "\n"
        path = folder / f"{name}.po"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
        left = [entry for entry in file if not entry.msgstr or entry.fuzzy]
        if left:
            words = sum(len(entry.msgid.split()) for entry in left)
            fuzzy = sum(entry.fuzzy for entry in left)
            lines.append(
                f"{FOLDER}/{language}/{name}.po: {len(left)} of {len(own)} messages to translate, {words} words"
                + (f"; {fuzzy} of them have a translation that does not fit any more" if fuzzy else "")
            )
    for name in before.keys() - messages.keys():
        (folder / f"{name}.po").unlink()
    return lines


def _metadata(language: str, name: str, before: Mapping[str, Catalogue]) -> dict[str, str]:
    """The header of a catalogue as it was; a new one is a draft, unless the language is finished already."""
    known = {other: dict(one.entries.metadata) for other, one in before.items() if one.entries.metadata}
    if name in known:
        return known[name]
    metadata = {
        "Project-Id-Version": "neural-networks-101",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    is_finished = known and not any(one.is_draft for one in before.values())
    return metadata if is_finished else {**metadata, STATUS: DRAFT}


def _entry(
    message: str, what: Message, known: Mapping[str, polib.POEntry], gone: Mapping[str, polib.POEntry]
) -> polib.POEntry:
    entry = polib.POEntry(msgid=message, comment=what.kind, occurrences=[(place, "") for place in what.places])
    if message in known:
        entry.msgstr = known[message].msgstr
        entry.flags = [flag for flag in known[message].flags if flag == "fuzzy" and entry.msgstr]
        entry.tcomment = known[message].tcomment
    elif gone and len(message) > 20:
        alike = difflib.get_close_matches(message, gone, 1, ALIKE)
        if alike:
            entry.msgstr, entry.flags, entry.previous_msgid = gone[alike[0]].msgstr, ["fuzzy"], alike[0]
    return entry
