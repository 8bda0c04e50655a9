"""The whole build as one function from the authored course to the built files. Nothing is read or written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from nbformat import NotebookNode

from coursebuild import glossary, notebook
from coursebuild.beside import beside
from coursebuild.checks import check_course, check_lab
from coursebuild.course import AuthoredCourse
from coursebuild.inclass import inclass_notebook
from coursebuild.leaks import leaks, leaks_beside
from coursebuild.links import inclass_name
from coursebuild.locale.edition import Translation, handouts, translated
from coursebuild.locale.languages import EDITIONS, Edition
from coursebuild.locale.sources import COMMON, GLOSSARY
from coursebuild.locale.spoken import spoken_beside
from coursebuild.locale.words import Say
from coursebuild.order import undefined_names
from coursebuild.parse import AuthoredLab, parse_lab
from coursebuild.problem import BuildError, Problem
from coursebuild.release import release_notebooks
from coursebuild.source import source_notebook

T = TypeVar("T")
R = TypeVar("R")
Beside = Mapping[str, str]
"""Path beside a notebook -> text."""
FOLDERS = ("source", "release", "notebooks", EDITIONS)


def build(course: AuthoredCourse) -> dict[str, str]:
    """Build a course.

    Returns:
        path, relative to the course's root -> text of each built notebook, and of what lies beside it.

    Raises:
        BuildError: rules are violated; it lists as many violations as one pass can find.
    """
    labs = read_labs(course)
    checked = [problem for lab in labs for problem in check_lab(lab, course)] + check_course(labs, course)
    sources = _sources(labs, course, checked)
    problems = [problem for lab in labs for problem in undefined_names(lab, sources[lab.name])]
    files = {lab.name: beside(lab, course) for lab in labs} if not problems else {}
    built, found = _files(labs, course, sources, files)
    problems += found
    if problems:
        raise BuildError(problems)
    built |= glossary_page(labs, course)
    for edition in course.editions.values():
        if not edition.is_draft:
            built |= _edition(labs, course, edition, files)
    return built


def _sources(labs: list[AuthoredLab], course: AuthoredCourse, problems: list[Problem]) -> dict[str, NotebookNode]:
    made = _map_all(labs, lambda lab: source_notebook(lab, course), problems)
    return dict(zip([lab.name for lab in labs], made, strict=True))


def _files(
    labs: list[AuthoredLab], course: AuthoredCourse, notebooks: Mapping[str, NotebookNode], files: Mapping[str, Beside]
) -> tuple[dict[str, str], list[Problem]]:
    """Path -> text of the notebooks and of what lies beside them, and what they show that they must not."""
    sources = {name: notebook.text(source) for name, source in notebooks.items()}
    released = release_notebooks(sources, course.config)
    inclass = {lab.name: notebook.text(inclass_notebook(lab, course)) for lab in labs}
    problems = []
    for lab in labs:
        for_students = {
            f"release/{lab.name}/{lab.name}.ipynb": released[lab.name],
            f"notebooks/{inclass_name(lab.name)}": inclass[lab.name],
        }
        problems += leaks(lab, course, for_students)
        problems += leaks_beside(lab, course, files.get(lab.name, {}))
    built = (
        {f"source/{name}/{name}.ipynb": text for name, text in sources.items()}
        | {f"release/{name}/{name}.ipynb": text for name, text in released.items()}
        | {f"notebooks/{inclass_name(name)}": text for name, text in inclass.items()}
        | {
            f"{folder}/{path}": text
            for lab, found in files.items()
            for path, text in found.items()
            for folder in (f"source/{lab}", f"release/{lab}", "notebooks")
        }
    )
    return built, problems


def _edition(
    labs: list[AuthoredLab], course: AuthoredCourse, edition: Edition, files: Mapping[str, Beside]
) -> dict[str, str]:
    """The same in another language, and what else students get in it."""
    others, made, problems = translated(labs, course, edition)
    spoken = {lab.name: spoken_beside(lab, course, made, edition, files[lab.name]) for lab in labs}
    handed, missing = handouts(course, edition)
    terms, unknown = _glossary_of(labs, course, edition)
    if missing := [*problems, *missing, *unknown]:
        raise BuildError(missing)
    built, problems = _files(others, made, _sources(others, made, []), spoken)
    if problems:
        raise BuildError([replace(one, path=f"{EDITIONS}/{edition.language}/{one.path}") for one in problems])
    return {f"{EDITIONS}/{edition.language}/{path}": text for path, text in (built | handed | terms).items()}


def glossary_page(labs: list[AuthoredLab], course: AuthoredCourse) -> dict[str, str]:
    """The page of terms, in English and in the languages in which all of them are translated."""
    if not course.glossary:
        return {}
    wanted = glossary.messages(course.glossary).keys()
    columns: dict[str, Say] = {glossary.IN_ENGLISH: _same}
    for edition in course.editions.values():
        words = edition.catalogues.get(GLOSSARY, {})
        if wanted <= words.keys():
            columns[words[glossary.IN_THIS_LANGUAGE]] = Translation(edition).say(GLOSSARY)
    return {glossary.PATH: glossary.page(course.glossary, labs, columns, _same, lambda lab: _same)}


def _glossary_of(
    labs: list[AuthoredLab], course: AuthoredCourse, edition: Edition
) -> tuple[dict[str, str], list[Problem]]:
    """The same for an edition, in its language and in English, and what is not translated."""
    if not course.glossary:
        return {}, []
    translation = Translation(edition)
    say = translation.say(GLOSSARY)
    columns: dict[str, Say] = {say(glossary.IN_THIS_LANGUAGE, ""): say, say(glossary.IN_ENGLISH, ""): _same}
    text = glossary.page(course.glossary, labs, columns, say, lambda lab: translation.say(lab, COMMON))
    return {glossary.PATH: text}, translation.missing


def _same(message: str, _: str) -> str:
    return message


def read_labs(course: AuthoredCourse) -> list[AuthoredLab]:
    """Parse every lab.

    Raises:
        BuildError: the headers of some cells do not follow the format.
    """
    return _map_all(course.labs.items(), lambda item: parse_lab(*item), [])


def _map_all(items: Iterable[T], function: Callable[[T], R], problems: list[Problem]) -> list[R]:
    """Apply a function to every item; raise all its problems together with those found before."""
    results = []
    for item in items:
        try:
            results.append(function(item))
        except BuildError as error:
            problems = problems + error.problems
    if problems:
        raise BuildError(problems)
    return results
