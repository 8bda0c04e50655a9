"""Rules for test cells. The judge runs a test cell alone: what it neither defines nor imports is the student's."""

from __future__ import annotations

import ast

from autograder.notebook.names import bound_names, free_names
from coursebuild.answers import load_text
from coursebuild.course import Course
from coursebuild.parse import Cell, Lab, Role
from coursebuild.problem import Problem
from coursebuild.source import HIDDEN, find_load


def breaches(lab: Lab, course: Course) -> list[Problem]:
    """All breaches in the test cells of a lab."""
    problems: list[Problem] = []
    asked: set[str] = set()  # names that the answers so far define
    for cell in lab.cells:
        if cell.role is Role.ANSWER:
            asked |= _answer_names(cell, course)
        elif cell.role is Role.TEST:
            problems += _breaches(lab, cell, asked)
    return problems


def _answer_names(cell: Cell, course: Course) -> set[str]:
    try:
        return set(bound_names(load_text(find_load(cell, course), course.solutions[cell.name])))
    except ValueError:
        return set()  # told where the source notebook is built


def _breaches(lab: Lab, cell: Cell, asked: set[str]) -> list[Problem]:
    lines = cell.source.splitlines()

    def problem(line: int, message: str) -> Problem:
        return Problem(lab.path, cell.line + line, message, tuple(lines[line - 1 : line]))

    marks = [(number, line) for number, line in enumerate(lines, 1) if "HIDDEN TESTS" in line or "SOLUTION" in line]
    if [line for _, line in marks] != list(HIDDEN):
        number = marks[0][0] if marks else 1
        return [problem(number, f"A test cell has one hidden part, between the lines `{HIDDEN[0]}` and `{HIDDEN[1]}`.")]
    visible = "\n".join(lines[: marks[0][0] - 1])
    try:
        tree, names = ast.parse(cell.source), free_names(cell.source)
        visible_names, seen = free_names(visible), ast.parse(visible)
    except SyntaxError as error:
        return [problem(error.lineno or 1, f"This test cell is no plain Python: {error.msg}.")]
    message = "The test uses {0}, which it neither defines nor imports, and which no answer so far defines."
    found = [problem(line, message.format(name)) for name, line in (names | visible_names).items() if name not in asked]
    found += [problem(node.lineno, said) for node in _asserts(tree) if (said := _fault(node))]
    found += [
        problem(node.lineno, "Students do not have this module: import it in the hidden part.")
        for node in ast.walk(seen)
        if isinstance(node, ast.Import | ast.ImportFrom) and _is_ours(node)
    ]
    if not _asserts(seen):
        found.append(problem(1, "A test cell has a visible part with an assert, so that the student can go on alone."))
    return found


def _asserts(tree: ast.AST) -> list[ast.Assert]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]


def _fault(node: ast.Assert) -> str:
    if isinstance(node.test, ast.Tuple):
        return "This assert is a tuple and never fails: take its brackets away."
    return "" if node.msg else "This assert has no sentence: say what the student can do next."


def _is_ours(node: ast.Import | ast.ImportFrom) -> bool:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    return any(name.partition(".")[0] in ("labs", "solutions", "autograder", "coursebuild") for name in names)
