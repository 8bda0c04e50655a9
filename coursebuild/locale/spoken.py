"""What lies beside a notebook of another language: the same modules, and the sentences that they say in it.

The sentence of a mistake stays sealed: its translation is encrypted with a key that is derived from the English
sentence, which nobody has without having made the mistake.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import autograder.language.translate as translate
from check import said, sealed
from coursebuild.beside import GIVEN, PACKAGE
from coursebuild.course import AuthoredCourse
from coursebuild.locale.languages import Edition
from coursebuild.locale.sources import spoken_by_checks
from coursebuild.parse import AuthoredLab


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
        files[f"{PACKAGE}/{lab.name}{said.MESSAGES}"] = _messages(lab, course, edition, english)
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
    words = edition.catalogues.get("engine", {}) | known
    plain |= {message: words[message] for message in said.WORDS if message in words}
    plain |= edition.catalogues.get("generated", {})  # whose English is published as phrases
    mistakes = edition.catalogues.get("mistakes", {})
    hidden = {
        exercise: "".join(said.hidden(text, mistakes.get(text, text)) + "\n" for text in sorted(texts))
        for exercise, texts in sealed_sentences(course, json.loads(english[f"{PACKAGE}/{lab.name}.json"])).items()
    }
    made = {"language": edition.language, "messages": said.packed(plain), "sealed": hidden}
    return json.dumps(made, ensure_ascii=False) + "\n"


def sealed_sentences(course: AuthoredCourse, data: Mapping[str, Any]) -> dict[str, list[str]]:
    """Exercise -> sentences of written mistakes that its sealed data holds, found by trying all of them."""
    found: dict[str, list[str]] = {}
    for exercise, one in data.get("sealed", {}).items():
        published = set(sealed.read(exercise, one).sentences)
        texts = [" ".join((ast.get_docstring(ast.parse(text)) or "").split()) for text in _mistakes(course, exercise)]
        found[exercise] = [
            text for text in texts if sealed.mixed(said.key_of(text), sealed.shortened(text)) in published
        ]
    return found


def _mistakes(course: AuthoredCourse, exercise: str) -> Iterable[str]:
    return course.mistakes.get(exercise, {}).values()
