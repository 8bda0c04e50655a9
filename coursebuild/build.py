"""The whole build as one function from the authored course to the built files. Nothing is read or written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from coursebuild import notebook
from coursebuild.checks import check_course, check_lab
from coursebuild.course import Course
from coursebuild.inclass import inclass_notebook
from coursebuild.leaks import leaks
from coursebuild.order import undefined_names
from coursebuild.parse import Lab, parse_lab
from coursebuild.problem import BuildError, Problem
from coursebuild.release import release_notebooks
from coursebuild.source import source_notebook

T = TypeVar("T")
R = TypeVar("R")
FOLDERS = ("source", "release", "notebooks")


def build(course: Course) -> dict[str, str]:
    """Build a course.

    Returns:
        path, relative to the course's root -> text of each built notebook.

    Raises:
        BuildError: rules are broken; as many of the breaches as can be seen at once are named.
    """
    labs = read_labs(course)
    checked = [problem for lab in labs for problem in check_lab(lab, course)] + check_course(labs, course)
    made = _all_or_problems(labs, lambda lab: source_notebook(lab, course), checked)
    problems = [problem for lab, source in zip(labs, made, strict=True) for problem in undefined_names(lab, source)]
    sources = {lab.name: notebook.text(source) for lab, source in zip(labs, made, strict=True)}
    released = release_notebooks(sources, course.config)
    inclass = {lab.name: notebook.text(inclass_notebook(lab, course)) for lab in labs}
    for lab in labs:
        students = {
            f"release/{lab.name}/{lab.name}.ipynb": released[lab.name],
            f"notebooks/{lab.name}.ipynb": inclass[lab.name],
        }
        problems += leaks(lab, course, students)
    if problems:
        raise BuildError(problems)
    return (
        {f"source/{name}/{name}.ipynb": text for name, text in sources.items()}
        | {f"release/{name}/{name}.ipynb": text for name, text in released.items()}
        | {f"notebooks/{name}.ipynb": text for name, text in inclass.items()}
    )


def read_labs(course: Course) -> list[Lab]:
    """The cells of every lab.

    Raises:
        BuildError: the headers of some cells break the format.
    """
    return _all_or_problems(course.labs.items(), lambda item: parse_lab(*item), [])


def _all_or_problems(items: Iterable[T], make: Callable[[T], R], problems: list[Problem]) -> list[R]:
    """Make something of each item; raise all problems together, those found before included."""
    made = []
    for item in items:
        try:
            made.append(make(item))
        except BuildError as error:
            problems = problems + error.problems
    if problems:
        raise BuildError(problems)
    return made
