"""What a translation must keep: formulas, code, numbers, links, images, tags, placeholders and ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import polib

from coursebuild.locale.catalogue import Catalogue
from coursebuild.locale.sources import Message
from coursebuild.locale.words import CODE, FORMULA, PLACEHOLDER, TAG, TEXT_IN_FORMULA, prose
from coursebuild.problem import Problem

_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_ADDRESS = re.compile(r"https?://[^\s)>]+")
_NAME = re.compile(r"(?<![\w.])[A-Za-z]\w*_\w+|(?<![\w.])[A-Za-z_]+\w*(?=\((?!s\)))")
_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?![\d])|\d+(?:\.\d+)?")
_OTHER_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_OTHER_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
MARKS = "« » and \N{RIGHT SINGLE QUOTATION MARK}"
_BARE = re.compile(r"&(?!#?\w+;)")
_BAR = re.compile(r"(?<!\\)\|")
_TWO_SCRIPTS = re.compile(r"\w*(?:[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z])\w*", re.IGNORECASE)
_WITH_FIELDS = ("shown text", "sentence", "word", "text of a page", "students' page")
_SENTENCES = ("sentence", "sentence about a mistake")


def problems(name: str, catalogue: Catalogue, messages: dict[str, Message]) -> list[Problem]:
    """What is wrong with a catalogue, with the line of each entry.

    Args:
        name: of the catalogue.
        catalogue: the catalogue.
        messages: its messages, as the English text has them now.
    """
    found = []
    entries = {entry.msgid: entry for entry in catalogue.entries if not entry.obsolete}

    def problem(entry: polib.POEntry | None, text: str, message: str) -> None:
        shown = text if len(text) < 100 else f"{text[:97]}..."
        found.append(Problem(catalogue.path, getattr(entry, "linenum", None) or 1, message, (shown,)))

    for message in messages:
        if message not in entries and not catalogue.is_draft:
            problem(None, message, "This message is not in the catalogue: run `make locale`.")
    for entry in catalogue.entries:
        if entry.obsolete or entry.msgid not in messages:
            if not catalogue.is_draft:
                problem(entry, entry.msgid, "No text has this message any more: run `make locale`.")
            continue
        if not entry.msgstr.strip():
            if not catalogue.is_draft:
                problem(entry, entry.msgid, "This message is not translated.")
            continue
        if entry.fuzzy and not catalogue.is_draft:
            problem(entry, entry.msgid, "The translation is marked as fuzzy: check it, and remove the mark.")
        for fault in faults(entry.msgid, entry.msgstr, messages[entry.msgid].kind):
            problem(entry, entry.msgid, fault)
    return found


def faults(message: str, translation: str, kind: str) -> Iterator[str]:
    """What a translation does not keep of its message, a sentence for each."""
    for what, kept in _KEPT.items():
        if what == "placeholder" and kind not in _WITH_FIELDS:
            continue
        yield from _differences(what, kept(message), kept(translation))
    yield from _differences("number", _numbers(message), _closest(message, translation))
    if message[:1].isspace() != translation[:1].isspace() or message[-1:].isspace() != translation[-1:].isspace():
        yield "The space at the beginning or at the end differs."
    if kind in _SENTENCES and (message[-1:] in ".?") != (translation[-1:] in ".?!"):
        yield "One of the two ends with a full stop or a question mark, and the other does not."
    if message.count("**") % 2 != translation.count("**") % 2:
        yield "A ** has no counterpart."
    if message.count("\\n") != translation.count("\\n"):
        yield "The number of \\n differs."
    if kind == "shown text" and any(translation.count(mark) > message.count(mark) for mark in "\"'"):
        yield f"A shown text has no further quotation marks, which would end it: use {MARKS}."
    if kind.endswith(("figure", "page")) and _BARE.search(translation):
        yield "Write &amp; for &."
    if "\n" in translation:
        yield "A translation has no line breaks of its own."
    if mixed := _TWO_SCRIPTS.findall(prose(translation.replace("\\n", " "))):
        yield f"{mixed[0]} mixes Latin and Cyrillic letters."


def _differences(what: str, wanted: Sequence[str], got: Sequence[str]) -> Iterator[str]:
    for text, count in (Counter(wanted) - Counter(got)).items():
        yield f"The {what} {text} is missing{f' {count} times' if count > 1 else ''}."
    for text, count in (Counter(got) - Counter(wanted)).items():
        yield f"The {what} {text} is too many{f' {count} times' if count > 1 else ''}."


def _formulas(text: str) -> list[str]:
    return [TEXT_IN_FORMULA.sub(r"\1\3", found[0]) for found in FORMULA.finditer(CODE.sub(" ", text))]


def _links(text: str) -> list[str]:
    return [f"{found[1]}({found[2]})" for found in _LINK.finditer(CODE.sub(" ", text))]


_KEPT: dict[str, Callable[[str], list[str]]] = {
    "code": lambda text: [found[0] for found in CODE.finditer(text)],
    "formula": _formulas,
    "link": _links,
    "address": lambda text: _ADDRESS.findall(CODE.sub(" ", text)),
    "tag": lambda text: TAG.findall(CODE.sub(" ", text)),
    "placeholder": lambda text: PLACEHOLDER.findall(text),
    "name": lambda text: _NAME.findall(prose(text)),
    "bar": lambda text: _BAR.findall(CODE.sub(" ", text)),
}


def _numbers(text: str) -> list[str]:
    return [f"{float(found.replace(',', '')):g}" for found in _NUMBER.findall(_plain(text))]


def _closest(message: str, translation: str) -> list[str]:
    """The numbers of a translation, as they are most like those of its message.

    A comma is a decimal one, or separates two numbers, or, as in English, thousands; so may a space.
    """
    plain = _plain(translation)
    readings = [
        [f"{float(found.replace(',', '.')):g}" for found in _OTHER_NUMBER.findall(text)]
        for text in (plain, _OTHER_THOUSANDS.sub("", plain), plain.replace(",", " "))
    ]
    readings.append(_numbers(translation))
    wanted = Counter(_numbers(message))

    def far(got: list[str]) -> int:
        seen = Counter(got)
        return (seen - wanted).total() + (wanted - seen).total()

    return min(readings, key=far)


def _plain(text: str) -> str:
    return _NAME.sub(" ", _ADDRESS.sub(" ", prose(text)))
