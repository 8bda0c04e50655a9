"""Rules for a lab's text. Each is a small function that returns the violations of one rule."""

from __future__ import annotations

import re
from collections import Counter

from coursebuild.course import AuthoredCourse
from coursebuild.expected import parse_expected
from coursebuild.links import broken_links
from coursebuild.parse import AuthoredCell, AuthoredLab, Role
from coursebuild.problem import Problem
from coursebuild.testcells import test_cell_problems

_HINT = re.compile(r"<summary>\s*(?:<\w+>)?\s*Hint (\d)\b")
_EXERCISES = (Role.TASK, Role.ANSWER, Role.TEST, Role.WRITTEN)


def check_lab(lab: AuthoredLab, course: AuthoredCourse) -> list[Problem]:
    """All violations in one lab."""
    rules = (unique_ids, complete_exercises, two_hints, written_text, no_load_lines, recorded_output)
    return (
        [problem for rule in rules for problem in rule(lab, course)]
        + broken_links(lab, course.labs, course.pages)
        + test_cell_problems(lab, course)
    )


def check_course(labs: list[AuthoredLab], course: AuthoredCourse) -> list[Problem]:
    """Violations across files: answers without an exercise, exercises that are in two labs."""
    code = {cell.name for lab in labs for cell in lab.of(Role.ANSWER)}
    text = {cell.name for lab in labs for cell in lab.of(Role.WRITTEN)}
    unused = [f"solutions/{name}.py" for name in course.solutions.keys() - code]
    unused += [f"solutions/{name}.md" for name in course.written.keys() - text]
    problems = [Problem(path, 1, "This is an answer without an exercise: no lab has a cell for it.") for path in unused]
    first: dict[str, str] = {}
    for lab in labs:
        for cell in lab.of(Role.ANSWER, Role.WRITTEN):
            if first.setdefault(cell.name, lab.name) != lab.name:
                message = f"The exercise {cell.name} is also in labs/{first[cell.name]}.py: give it another name."
                problems.append(Problem(lab.path, cell.line, message))
    problems += [
        Problem(f"labs/expected/{name}.txt", 1, "There is no lab of this name: delete this file.")
        for name in course.expected.keys() - course.labs.keys()
    ]
    return problems


def unique_ids(lab: AuthoredLab, course: AuthoredCourse) -> list[Problem]:
    """Ids are unique: cells, answers and tests share one namespace, as in nbgrader."""
    counts = Counter(cell.grade_id for cell in lab.cells if cell.grade_id)
    return [
        Problem(lab.path, cell.line, f"The id {cell.grade_id} is used by {counts[cell.grade_id]} cells of this lab.")
        for cell in lab.cells
        if counts[cell.grade_id] > 1
    ]


def complete_exercises(lab: AuthoredLab, course: AuthoredCourse) -> list[Problem]:
    """Every exercise has one task, then one answer cell, then its tests; or one task, then one written question."""
    problems = []
    roles_of: dict[str, list[Role]] = {}
    lines: dict[str, int] = {}
    for cell in lab.of(*_EXERCISES):
        roles = roles_of.setdefault(cell.name, [])
        if cell.role is not Role.TEST or Role.TEST not in roles:
            roles.append(cell.role)
        lines.setdefault(cell.name, cell.line)
    for name, roles in roles_of.items():
        if roles in ([Role.TASK, Role.ANSWER, Role.TEST], [Role.TASK, Role.WRITTEN]):
            continue
        message = f"The exercise {name} has the cells {', '.join(roles)}. Write: task, answer, test; or: task, written."
        problems.append(Problem(lab.path, lines[name], message))
    return problems


def two_hints(lab: AuthoredLab, course: AuthoredCourse) -> list[Problem]:
    """Every task has a heading, Hint 1 and Hint 2."""
    problems = []
    for cell in lab.of(Role.TASK):
        if not re.match(r"### Exercise: \S", cell.source):
            problems.append(
                Problem(
                    lab.path, cell.line, "A task must begin with the heading `### Exercise: ...`.", _first_line(cell)
                )
            )
        hints = _HINT.findall(cell.source)
        if hints != ["1", "2"]:
            present = ", ".join(hints) or "none"
            message = f"A task needs Hint 1 and Hint 2, each in <details><summary>; this one has {present}."
            problems.append(Problem(lab.path, cell.line, message, _first_line(cell)))
        if cell.source.count("<details>") != cell.source.count("</details>"):
            problems.append(Problem(lab.path, cell.line, "A <details> is not closed by </details>.", _first_line(cell)))
    return problems


def written_text(lab: AuthoredLab, course: AuthoredCourse) -> list[Problem]:
    """A written question contains only the stub that students see, and its answer has a marking scheme."""
    problems = []
    for cell in lab.of(Role.WRITTEN):
        if cell.source.strip() != course.text_stub:
            message = f"The text of a written cell must be what students see: {course.text_stub}"
            problems.append(Problem(lab.path, cell.line, message, _first_line(cell)))
        if "marking scheme" not in course.written.get(cell.name, "marking scheme").lower():
            problems.append(
                Problem(f"solutions/{cell.name}.md", 1, "This file has no heading `Marking scheme`: add one.")
            )
    return problems


def no_load_lines(lab: AuthoredLab, course: AuthoredCourse) -> list[Problem]:
    """Only the build writes `%load` lines."""
    message = "Leave %load to the build: it adds such a line after each answer cell of the in-class copy."
    return [
        Problem(lab.path, cell.line + number, message, (line,))
        for cell in lab.cells
        if not cell.is_markdown
        for number, line in enumerate(cell.source.splitlines(), 1)
        if re.match(r"[#\s]*%load", line)
    ]


def recorded_output(lab: AuthoredLab, course: AuthoredCourse) -> list[Problem]:
    """The output of every marked cell is recorded."""
    recorded = parse_expected(course.expected.get(lab.name, ""))
    marked = {cell.name: cell for cell in lab.cells if cell.check}
    command = "run `python -m coursebuild --record`"
    missing = [
        Problem(lab.path, marked[name].line, f"The output of {name} is not recorded: {command}.")
        for name in marked.keys() - recorded.keys()
    ]
    path = f"labs/expected/{lab.name}.txt"
    stale = [
        Problem(path, 1, f"The lab has no marked cell {name}: {command}.") for name in recorded.keys() - marked.keys()
    ]
    return missing + stale


def _first_line(cell: AuthoredCell) -> tuple[str, ...]:
    return tuple(cell.source.splitlines()[:1])
