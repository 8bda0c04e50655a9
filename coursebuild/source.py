"""Builds the nbgrader source notebook from a lab and its answers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from coursebuild import answers, expected
from coursebuild.course import AuthoredCourse
from coursebuild.figures import attach
from coursebuild.inline import inline_imports
from coursebuild.links import place_links
from coursebuild.notebook import code_cell, mark, notebook, text_cell
from coursebuild.parse import AuthoredCell, AuthoredLab, Role
from coursebuild.problem import BuildError, Problem

SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")
HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")


def source_notebook(lab: AuthoredLab, course: AuthoredCourse) -> NotebookNode:
    """Build the source notebook of a lab.

    Raises:
        BuildError: some cells cannot be built; it lists each with its line.
    """
    cells: list[NotebookNode] = []
    problems = []
    printed = expected.parse_expected(course.expected.get(lab.name, ""))
    for cell, cell_id in zip(lab.cells, cell_ids(lab), strict=True):
        try:
            count = 1 + sum(above.cell_type == "code" for above in cells)
            cells.append(_notebook_cell(cell, cell_id, lab.name, course, printed, count))
        except ValueError as error:
            shown = tuple(line for line in cell.source.splitlines() if "import " in line or "![" in line)
            problems.append(Problem(lab.path, cell.line, str(error), shown))
    if problems:
        raise BuildError(problems)
    return notebook(cells, lab.path)


def cell_ids(lab: AuthoredLab) -> Iterator[str]:
    """Stable ids, one per cell. A cell without an id gets that of the next cell with an id, and a counter."""
    names = [f"task-{cell.name}" if cell.role is Role.TASK else cell.grade_id for cell in lab.cells]
    counts: dict[str, int] = {}
    for i, name in enumerate(names):
        if name:
            yield name[:64]
        else:
            following = next((f"before-{later}" for later in names[i + 1 :] if later), "end")[:60]
            counts[following] = counts.get(following, 0) + 1
            yield following if counts[following] == 1 else f"{following}-{counts[following]}"


def prose_cell(cell: AuthoredCell, cell_id: str, course: AuthoredCourse, place: str = "release") -> NotebookNode:
    """A text cell with its images attached and its links to other labs adapted to the folder `place`."""
    text, attachments = attach(place_links(cell.source, course.labs, place), course.figures)
    return text_cell(cell_id, text, attachments)


def own_code(cell: AuthoredCell, course: AuthoredCourse) -> str:
    """Text of a locked or play cell, with the functions that it imports from the course written out."""

    def module_text(module: str) -> str | None:
        package, _, name = module.partition(".")
        return course.given if module == "labs.given" else course.solutions.get(name if package == "solutions" else "")

    return inline_imports(cell.source, module_text)


def test_source(cell: AuthoredCell, lab: str, course: AuthoredCourse) -> str:
    """Text of a test cell: a call of a check is followed by the same call of the hidden tests.

    Raises:
        ValueError: there is no hidden test of the exercise; the message is one sentence.
    """
    call = check_call(cell.source)
    if call is None:
        return cell.source
    module = module_of(lab, course)
    if f"\ndef {cell.name}(" not in course.hidden.get(module, ""):
        raise ValueError(f"hiddenchecks/{module}.py has no function {cell.name}: write its hidden tests there.")
    hidden = f"{module}.{ast.unparse(call).removeprefix('check.')}"
    lines = [cell.source, HIDDEN[0], f"from hiddenchecks import {module}", "", hidden, HIDDEN[1]]
    return "\n".join(lines)


def check_call(source: str) -> ast.Call | None:
    """The call of a check, ``check.sigmoid(sigmoid)``, if a test cell is one; None for any other test cell."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return None
    last = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    is_check = isinstance(last, ast.Call) and ast.unparse(last.func).startswith("check.")
    return last if is_check and isinstance(last, ast.Call) else None


def module_of(lab: str, course: AuthoredCourse) -> str:
    """Name of the module with a lab's checks: that of the lab without its number.

    Where an exercise has this name, `_lab` follows: in the package, a module and a check cannot share a name.
    """
    name = lab.lstrip("0123456789").lstrip("_")
    return f"{name}_lab" if name in course.solutions else name


def find_load(cell: AuthoredCell, course: AuthoredCourse) -> answers.Load:
    """The `%load` for an answer cell.

    Raises:
        ValueError: there is nothing to load; the message is one sentence.
    """
    if cell.name not in course.solutions:
        raise ValueError(f"The exercise {cell.name} has no answer: write solutions/{cell.name}.py.")
    return answers.find_load(cell.name, cell.source, course.solutions[cell.name])


def _notebook_cell(
    cell: AuthoredCell, cell_id: str, lab: str, course: AuthoredCourse, printed: dict[str, str], count: int
) -> NotebookNode:
    if cell.role in (Role.PROSE, Role.TASK):
        built = prose_cell(cell, cell_id, course)
    elif cell.role is Role.WRITTEN:
        if cell.name not in course.written:
            raise ValueError(f"The question {cell.name} has no marking scheme: write solutions/{cell.name}.md.")
        built = text_cell(cell_id, _solution(course.written[cell.name]))
    elif cell.role is Role.ANSWER:
        text = answers.load_text(find_load(cell, course), course.solutions[cell.name])
        built = code_cell(cell_id, _solution(text))
    elif cell.role is Role.TEST:
        built = code_cell(cell_id, test_source(cell, lab, course))
    else:
        built = code_cell(cell_id, own_code(cell, course))
    if cell.check:
        mark(built, printed.get(cell.name, ""), count)
    built.metadata["autograder"] = _autograder_metadata(cell)
    if cell.grade_id and cell.role is not Role.PLAY:
        built.metadata["nbgrader"] = _nbgrader_metadata(cell)
    return built


def _solution(text: str) -> str:
    return "\n".join([SOLUTION[0], text.strip("\n"), SOLUTION[1]])


def _autograder_metadata(cell: AuthoredCell) -> dict[str, Any]:
    exercise = cell.name if cell.role in (Role.TASK, Role.ANSWER, Role.WRITTEN, Role.TEST) else ""
    role = Role.PROSE if cell.role is Role.TASK else cell.role
    values: dict[str, Any] = {"role": str(role), "exercise": exercise, "part": cell.part, "demo": cell.demo}
    metadata = {key: value for key, value in values.items() if value}
    return {**metadata, "compare": False} if cell.many_right else metadata


def _nbgrader_metadata(cell: AuthoredCell) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "grade_id": cell.grade_id,
        "grade": cell.role in (Role.TEST, Role.WRITTEN),
        "solution": cell.role in (Role.ANSWER, Role.WRITTEN),
        "locked": cell.role in (Role.TEST, Role.LOCKED),
        "task": False,
        "schema_version": 3,
    }
    if metadata["grade"]:
        metadata["points"] = cell.points
    return metadata
