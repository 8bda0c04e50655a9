"""Rules for test cells.

The judge runs a test cell on its own, so every name that the cell neither defines nor imports must be a student's.
"""

from __future__ import annotations

import ast

from autograder.notebook.names import bound_names, free_names
from coursebuild.answers import load_text
from coursebuild.course import AuthoredCourse
from coursebuild.parse import AuthoredCell, AuthoredLab, Role
from coursebuild.problem import Problem
from coursebuild.source import HIDDEN, check_call, find_load

LONGEST = 3  # lines of a test cell that calls a check


def test_cell_problems(lab: AuthoredLab, course: AuthoredCourse) -> list[Problem]:
    """All violations in the test cells of a lab."""
    problems: list[Problem] = []
    answered: set[str] = set()  # names that the answers so far define
    for cell in lab.cells:
        if cell.role is Role.ANSWER:
            answered |= _answer_names(cell, course)
        elif cell.role is Role.TEST:
            problems += _cell_problems(lab, cell, answered)
    return problems


def _answer_names(cell: AuthoredCell, course: AuthoredCourse) -> set[str]:
    try:
        return set(bound_names(load_text(find_load(cell, course), course.solutions[cell.name])))
    except ValueError:
        return set()  # reported when the source notebook is built


def _cell_problems(lab: AuthoredLab, cell: AuthoredCell, answered: set[str]) -> list[Problem]:
    lines = cell.source.splitlines()
    if (call := check_call(cell.source)) is not None:
        return _check_problems(lab, cell, call, answered)

    def problem(line: int, message: str) -> Problem:
        return Problem(lab.path, cell.line + line, message, tuple(lines[line - 1 : line]))

    marks = [(number, line) for number, line in enumerate(lines, 1) if "HIDDEN TESTS" in line or "SOLUTION" in line]
    if [line for _, line in marks] != list(HIDDEN):
        number = marks[0][0] if marks else 1
        return [
            problem(number, f"A test cell needs one hidden part, between the lines `{HIDDEN[0]}` and `{HIDDEN[1]}`.")
        ]
    visible = "\n".join(lines[: marks[0][0] - 1])
    try:
        tree, names = ast.parse(cell.source), free_names(cell.source)
        visible_names, visible_tree = free_names(visible), ast.parse(visible)
    except SyntaxError as error:
        return [problem(error.lineno or 1, f"This test cell is not plain Python: {error.msg}.")]
    message = "The test uses {0}, which it neither defines nor imports, and which no answer above it defines."
    used = names | visible_names
    problems = [problem(line, message.format(name)) for name, line in used.items() if name not in answered]
    problems += [problem(node.lineno, fault) for node in _asserts(tree) if (fault := _fault(node))]
    problems += [
        problem(node.lineno, "Students do not have this module: import it in the hidden part.")
        for node in ast.walk(visible_tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and _is_course_module(node)
    ]
    if not _asserts(visible_tree):
        problems.append(
            problem(1, "A test cell needs an assert in its visible part, so that students can check alone.")
        )
    return problems


def _check_problems(lab: AuthoredLab, cell: AuthoredCell, call: ast.Call, answered: set[str]) -> list[Problem]:
    """Violations in a test cell that calls a check."""
    lines = [line for line in cell.source.splitlines() if line.strip()]
    wanted = f"check.{cell.name}"
    messages = []
    if ast.unparse(call.func) != wanted or len(lines) > LONGEST:
        messages.append(f"Write this test cell in at most {LONGEST} lines: `import check`, then `{wanted}(...)`.")
    if cell.part and f"part='{cell.part}'" not in ast.unparse(call):
        messages.append(f'This cell tests a part: give the check `part="{cell.part}"`.')
    missing = [name for name in free_names(cell.source) if name not in answered]
    messages += [f"The test uses {name}, which no answer above it defines." for name in missing]
    return [Problem(lab.path, cell.line + 1, message, tuple(lines)) for message in messages]


def _asserts(tree: ast.AST) -> list[ast.Assert]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]


def _fault(node: ast.Assert) -> str:
    if isinstance(node.test, ast.Tuple):
        return "This assert is a tuple and never fails: remove its parentheses."
    return "" if node.msg else "This assert has no message: add a sentence that says what the student can do next."


def _is_course_module(node: ast.Import | ast.ImportFrom) -> bool:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    return any(name.partition(".")[0] in ("labs", "solutions", "autograder", "coursebuild") for name in names)
