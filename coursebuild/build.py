"""The whole build as one function from the authored course to the built files. Nothing is read or written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from coursebuild import notebook
from coursebuild.beside import beside
from coursebuild.checks import check_course, check_lab
from coursebuild.course import AuthoredCourse
from coursebuild.inclass import inclass_notebook
from coursebuild.leaks import leaks, leaks_beside
from coursebuild.links import inclass_name
from coursebuild.order import undefined_names
from coursebuild.parse import AuthoredLab, parse_lab
from coursebuild.problem import BuildError, Problem
from coursebuild.release import release_notebooks
from coursebuild.source import source_notebook

T = TypeVar("T")
R = TypeVar("R")
FOLDERS = ("source", "release", "notebooks")


def build(course: AuthoredCourse) -> dict[str, str]:
    """Build a course.

    Returns:
        path, relative to the course's root -> text of each built notebook, and of what lies beside it.

    Raises:
        BuildError: rules are violated; it lists as many violations as one pass can find.
    """
    labs = read_labs(course)
    checked = [problem for lab in labs for problem in check_lab(lab, course)] + check_course(labs, course)
    notebooks = _map_all(labs, lambda lab: source_notebook(lab, course), checked)
    pairs = list(zip(labs, notebooks, strict=True))
    problems = [problem for lab, source in pairs for problem in undefined_names(lab, source)]
    sources = {lab.name: notebook.text(source) for lab, source in pairs}
    released = release_notebooks(sources, course.config)
    inclass = {lab.name: notebook.text(inclass_notebook(lab, course)) for lab in labs}
    files = {lab.name: beside(lab, course) for lab in labs} if not problems else {}
    for lab in labs:
        for_students = {
            f"release/{lab.name}/{lab.name}.ipynb": released[lab.name],
            f"notebooks/{inclass_name(lab.name)}": inclass[lab.name],
        }
        problems += leaks(lab, course, for_students)
        problems += leaks_beside(lab, course, files.get(lab.name, {}))
    if problems:
        raise BuildError(problems)
    return (
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
