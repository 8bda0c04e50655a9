"""Checks that students' notebooks show no answer and no hidden test, by the rules of `autograder.notebook.leaks`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from autograder.notebook.leaks import SHORTEST, find, squeeze, tells
from coursebuild.answers import load_text
from coursebuild.course import AuthoredCourse
from coursebuild.inclass import split_test
from coursebuild.parse import AuthoredLab, Role
from coursebuild.problem import Problem
from coursebuild.source import HIDDEN, SOLUTION, find_load

_FORBIDDEN = re.compile("|".join([*SOLUTION, *HIDDEN, r"^\s*(from|import) (solutions|labs)\b"]))


def leaks(lab: AuthoredLab, course: AuthoredCourse, built: Mapping[str, str]) -> list[Problem]:
    """Find lines of a lab's answers and hidden tests in the notebooks that students get.

    Args:
        lab: the authored lab.
        course: the authored course.
        built: path -> text of the lab's release and in-class notebooks.
    """
    secrets = _secrets(lab, course)
    problems = []
    for path, text in built.items():
        for cell in json.loads(text)["cells"]:
            for line in "".join(cell["source"]).splitlines():
                leak = _leak(line, cell, secrets)
                if leak:
                    number = text[: text.index(json.dumps(line, ensure_ascii=False)[1:-1])].count("\n") + 1
                    problems.append(Problem(path, number, f"The cell {cell['id']} shows {leak}.", (line,)))
            if cell.get("outputs"):
                problems.append(Problem(path, 1, f"The cell {cell['id']} has outputs, which could show an answer."))
    return problems


def leaks_beside(lab: AuthoredLab, course: AuthoredCourse, files: Mapping[str, str]) -> list[Problem]:
    """Find lines of a lab's answers in the modules that lie beside its notebook.

    Args:
        lab: the authored lab.
        course: the authored course.
        files: path beside the notebook -> text.
    """
    secrets = _secrets(lab, course)
    problems = []
    for path, text in files.items():
        for number, line in enumerate(text.splitlines(), 1):
            if path.endswith(".py") and ((leak := find(line, secrets, code=True)) or _FORBIDDEN.search(line)):
                shown = leak or "a line that may only be in the source notebook"
                problems.append(Problem(path, number, f"This file is for students, but it shows {shown}.", (line,)))
    return problems


def _secrets(lab: AuthoredLab, course: AuthoredCourse) -> dict[str, str]:
    """Normalised line of an answer or a hidden test -> where it comes from."""
    shown = {squeeze(line) for cell in lab.of(Role.TEST) for line in split_test(cell.source)[0].splitlines()}
    secrets: dict[str, str] = {}
    for cell in lab.of(Role.TEST):
        hidden = [
            line for line in split_test(cell.source)[1].splitlines() if tells(line) and squeeze(line) not in shown
        ]
        secrets |= {squeeze(line): f"a line of the hidden part of {cell.grade_id}" for line in hidden}
    for cell in lab.of(Role.WRITTEN):
        model = {squeeze(line) for line in course.written[cell.name].splitlines()}
        secrets |= {line: f"a line of the model answer to {cell.name}" for line in model if len(line) > 2 * SHORTEST}
    for cell in lab.of(Role.ANSWER):
        answer = load_text(find_load(cell, course), course.solutions[cell.name])
        secrets |= {
            squeeze(line): f"a line of the answer to {cell.name}" for line in answer.splitlines() if tells(line)
        }
    return secrets


def _leak(line: str, cell: Mapping[str, object], secrets: Mapping[str, str]) -> str:
    """What a line of a student's notebook reveals, or "" if it reveals nothing."""
    if _FORBIDDEN.search(line):
        return "a line that may only be in the source notebook"
    return find(line, secrets, code=cell["cell_type"] == "code")
