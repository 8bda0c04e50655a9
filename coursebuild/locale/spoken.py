"""What lies beside a notebook of another language: the same modules, and the sentences that they say in it.

The sentence of a mistake stays sealed: its translation is encrypted with a key that is derived from the English
sentence, which nobody has without having made the mistake.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from autograder.language import translate
from check import said, sealed
from coursebuild.beside import GIVEN, PACKAGE
from coursebuild.catalogue import Workbook
from coursebuild.course import AuthoredCourse
from coursebuild.locale.languages import MESSAGES, Edition
from coursebuild.locale.sources import spoken_by_checks
from coursebuild.parse import AuthoredLab

_FIELD = re.compile(r"`?\{\w+\}`?")


def spoken_beside(
    lab: AuthoredLab, course: AuthoredCourse, translated: AuthoredCourse, edition: Edition, english: Mapping[str, str]
) -> dict[str, str]:
    """Path beside the notebook -> text.

    Args:
        lab: the lab.
        course: the course in English.
        translated: the course in the edition's language.
        edition: the edition.
        english: what lies beside the English notebook.
    """
    files = dict(english)
    if GIVEN in files:
        files[GIVEN] = translated.given
    files |= {name: translated.pages[name] for name in files.keys() & translated.pages.keys()}
    if f"{PACKAGE}/__init__.py" in files:
        files[f"{PACKAGE}/{said.TRANSLATE}.py"] = _module()
        files[f"{PACKAGE}/{lab.name}{MESSAGES}"] = _messages(lab, course, edition, english)
    return files


@lru_cache(maxsize=1)
def _module() -> str:
    """The engine's translator, marked as a copy."""
    return inspect.getsource(translate)


def _messages(lab: AuthoredLab, course: AuthoredCourse, edition: Edition, english: Mapping[str, str]) -> str:
    known = edition.catalogues.get("checks", {})
    plain = {
        message: known[message]
        for message, what in spoken_by_checks(course).items()
        if message in known and any(place in english for place in what.places)
    }
    plain |= {message: known[message] for message in said.WORDS if message in known}
    sentences = {**plain}
    for name in ("engine", "generated", "mistakes"):  # the first of them for lists of names
        sentences |= edition.catalogues.get(name, {})
    data = english[f"{PACKAGE}/{lab.name}.json"]
    plain |= _phrases(json.loads(data), sentences)
    digest = _digest(data, json.dumps(sentences, sort_keys=True), inspect.getsource(said), _module())
    before = edition.spoken.get(lab.name, {})
    hidden = dict(before["sealed"]) if before.get("made_of") == digest else _hidden(lab, course, sentences, data)
    made = {"made_of": digest, "language": edition.language, "messages": plain, "sealed": hidden}
    return json.dumps(made, ensure_ascii=False) + "\n"


def _phrases(data: Mapping[str, str], sentences: Mapping[str, str]) -> dict[str, str]:
    """The messages that may stand in sentences made of phrases, which every exercise of a lab shares."""
    said_with_names = [
        sealed.filled(phrase, ["x"] * phrase.count(sealed.GAP)).lower()
        for phrase in sealed.unpacked(data.get("phrases", ""))
    ]

    def may_stand(message: str) -> bool:
        pieces = [piece.strip(" .,:").lower() for piece in _FIELD.split(message)]
        return any(all(piece in text for piece in pieces) for text in said_with_names)

    return {message: text for message, text in sentences.items() if may_stand(message)}


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _hidden(lab: AuthoredLab, course: AuthoredCourse, sentences: Mapping[str, str], data: str) -> dict[str, str]:
    """Exercise -> a line for each sentence that its sealed data holds, with the translation."""
    translator = translate.Translator(sentences)
    return {
        exercise: "".join(said.hidden(text, translator(text)) + "\n" for text in sorted(texts))
        for exercise, texts in sealed_sentences(lab, course, json.loads(data)).items()
    }


def sealed_sentences(lab: AuthoredLab, course: AuthoredCourse, data: Mapping[str, object]) -> dict[str, list[str]]:
    """Exercise -> the English sentences that its sealed data holds, found by trying all that the catalogue knows."""
    found: dict[str, list[str]] = {}
    published = data.get("sealed", {})
    assert isinstance(published, dict)
    workbook = Workbook(lab, course) if published else None
    for exercise, one in published.items():
        wanted = set(sealed.read(exercise, one).sentences)
        assert workbook is not None
        kept = []
        for text in dict.fromkeys(_candidates(exercise, course, workbook)):
            packed = sealed.mixed(said.key_of(text), sealed.shortened(text))
            if packed in wanted:
                wanted.discard(packed)
                kept.append(text)
        assert not wanted, f"{exercise} holds sentences that the catalogue does not know"
        found[exercise] = kept
    return found


def _candidates(exercise: str, course: AuthoredCourse, workbook: Workbook) -> Iterator[str]:
    for text in course.mistakes.get(exercise, {}).values():
        yield " ".join((ast.get_docstring(ast.parse(text)) or "").split())
    for known in workbook.known(exercise, 2):
        yield " ".join(known.sentences)
