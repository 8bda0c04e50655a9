"""The graded notebooks of a class, as `autograder.similar` compares them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.course.config import Course
from autograder.course.submissions import read_submission
from autograder.model.lab import assignment_of, notebook_of
from autograder.notebook.parsed_lab import parse_lab
from autograder.similar.disguised import could_be_told
from autograder.similar.features import StudentWork, add_traces, features_of_lab, load_work
from autograder.similar.pairs import Pair, similar_pairs

MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class ClassWork:
    """What was compared.

    Attributes:
        students: how many notebooks were read.
        left_out: ids of students whose graded notebooks cannot be read.
        pairs: who shares what is rare, largest evidence first.
        told: of how many a copy would be listed that keeps nothing but the code.
    """

    students: int
    left_out: list[str]
    pairs: list[Pair]
    told: int


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
            work = load_work(student, path.read_text(encoding="utf-8"), parsed)
        except (OSError, ValueError, RecursionError):
            left_out.append(student)
        else:
            for document in _handed_in(course, student, lab):
                add_traces(work, document)
            works.append(work)
    given, known = features_of_lab(parsed)
    pairs = similar_pairs(works, given, known, most)
    return ClassWork(len(works), left_out, pairs, could_be_told(works, given, known))


def _handed_in(course: Course, student: str, lab: str) -> Iterator[object]:
    """What the files hold that a graded notebook was made of: it no longer has what programs wrote into them."""
    assignment = assignment_of(lab)
    files = read_submission(course.submitted / student / assignment, student, lab, course.limits).files
    name = f"{notebook_of(lab)}.ipynb"
    for data in [files[name]] if name in files else [files[name] for name in files if name.endswith(".ipynb")]:
        with suppress(ValueError, RecursionError):
            yield json.loads(data)


def graded_notebooks(course: Course, lab: str) -> list[Path]:
    """The graded notebooks of a lab, in order of student."""
    paths = sorted(course.autograded.glob(f"[!.]*/{lab}/{lab}.ipynb"))
    return [path for path in paths if path.is_file() and not path.is_symlink()]
