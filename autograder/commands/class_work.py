"""The graded notebooks of a class, as `autograder.similar` compares them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.course.config import Course
from autograder.notebook.parsed_lab import parse_lab
from autograder.similar.features import StudentWork, features_of_lab, load_work
from autograder.similar.pairs import Pair, similar_pairs

MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class ClassWork:
    """What was compared.

    Attributes:
        students: how many notebooks were read.
        left_out: ids of students whose graded notebooks cannot be read.
        pairs: who shares what is rare, largest evidence first.
    """

    students: int
    left_out: list[str]
    pairs: list[Pair]


def compare_class(course: Course, lab: str, most: int) -> ClassWork:
    """Compare everybody who was graded.

    Args:
        course: the course.
        lab: name of the lab.
        most: how many pairs are listed at most.

    Raises:
        CourseError: there is no such lab, or it is damaged.
    """
    parsed = parse_lab(course.lab(lab))
    works: list[StudentWork] = []
    left_out = []
    for path in graded_notebooks(course, lab):
        student = path.parents[1].name
        try:
            if path.stat().st_size > MAX_BYTES:
                raise ValueError("it is too large")
            works.append(load_work(student, path.read_text(encoding="utf-8"), parsed))
        except (OSError, ValueError, RecursionError):
            left_out.append(student)
    given, known = features_of_lab(parsed)
    return ClassWork(len(works), left_out, similar_pairs(works, given, known, most))


def graded_notebooks(course: Course, lab: str) -> list[Path]:
    """The graded notebooks of a lab, in order of student."""
    paths = sorted(course.autograded.glob(f"[!.]*/{lab}/{lab}.ipynb"))
    return [path for path in paths if path.is_file() and not path.is_symlink()]
