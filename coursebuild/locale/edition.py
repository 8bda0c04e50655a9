"""The course in another language, as the build takes it: labs, pages, figures and settings with translated messages."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import replace

from coursebuild.course import AuthoredCourse
from coursebuild.locale import code, markdown, page
from coursebuild.locale.languages import FOLDER, Edition
from coursebuild.locale.sources import COMMON, SPOKEN, rewrite_cell
from coursebuild.parse import AuthoredLab
from coursebuild.problem import Problem

SENTENCES = "sentences.json"


class Translation:
    """Looks messages up in an edition's catalogues, and remembers those that are not there.

    Args:
        edition: the edition.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.missing: list[Problem] = []

    def of(self, *catalogues: str) -> Mapping[str, str]:
        """What some catalogues hold, as one; the first one has the last word."""
        found: dict[str, str] = {}
        for name in reversed(catalogues):
            found |= self.edition.catalogues.get(name, {})
        return found

    def say(self, *catalogues: str) -> _Say:
        """Translates messages by some catalogues."""
        return _Say(self.of(*catalogues), f"{FOLDER}/{self.edition.language}/{catalogues[0]}.po", self.missing)


class _Say:
    def __init__(self, known: Mapping[str, str], path: str, missing: list[Problem]) -> None:
        self.known, self.path, self.missing = known, path, missing

    def __call__(self, message: str, kind: str) -> str:
        if message not in self.known:
            self.missing.append(Problem(self.path, 1, "This message is not translated.", (message,)))
        return self.known.get(message, message)


def translated(
    labs: list[AuthoredLab], course: AuthoredCourse, edition: Edition
) -> tuple[list[AuthoredLab], AuthoredCourse, list[Problem]]:
    """The labs and the course in the language of an edition, and what is not translated."""
    translation = Translation(edition)
    common = translation.say(COMMON)
    config = copy.deepcopy(course.config)
    if course.text_stub:
        config.ClearSolutions.text_stub = common(course.text_stub, "")
    figures = course.figures | _figures(labs, course, translation) | edition.figures
    made = replace(
        course,
        given=code.rewrite(course.given, common, comments=False) if course.given else "",
        pages={
            name: page.rewrite_page(text, common).replace('<html lang="en">', f'<html lang="{edition.language}">')
            for name, text in course.pages.items()
        },
        figures=figures,
        expected=edition.expected,
        config=config,
        note=markdown.rewrite(course.note, common),
    )
    return [_lab(lab, course, translation) for lab in labs], made, translation.missing


def translated_figures(labs: list[AuthoredLab], course: AuthoredCourse, edition: Edition) -> dict[str, bytes]:
    """File name -> content of the figures in the language of an edition, SVG only."""
    return _figures(labs, course, Translation(edition))


def _figures(labs: list[AuthoredLab], course: AuthoredCourse, translation: Translation) -> dict[str, bytes]:
    return {
        name: page.rewrite_figure(course.figures[name].decode(), translation.say(lab.name, COMMON)).encode()
        for lab in labs
        for name in drawn_in(lab, course)
    }


def _lab(lab: AuthoredLab, course: AuthoredCourse, translation: Translation) -> AuthoredLab:
    say = translation.say(lab.name, COMMON)
    cells = [replace(cell, source=rewrite_cell(cell, course, say)) for cell in lab.cells]
    return replace(lab, cells=tuple(cells))


def drawn_in(lab: AuthoredLab, course: AuthoredCourse) -> list[str]:
    """The figures of a lab that may hold text."""
    text = "\n".join(cell.source for cell in lab.cells if cell.is_markdown)
    return [name for name in course.figures if name.endswith(".svg") and f"(figures/{name})" in text]


def handouts(course: AuthoredCourse, edition: Edition) -> tuple[dict[str, str], list[Problem]]:
    """Path -> text of what students get beside the labs, and what the engine translates sentences by."""
    translation = Translation(edition)
    say = translation.say("students", COMMON)
    found = {
        name: markdown.rewrite(text, say) if name.endswith(".md") else code.rewrite(text, say, comments=False)
        for name, text in course.handouts.items()
    }
    sentences = translation.of(*SPOKEN)
    found[SENTENCES] = json.dumps(dict(sorted(sentences.items())), ensure_ascii=False, indent=0) + "\n"
    return found, translation.missing
