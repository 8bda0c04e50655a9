"""Rules that a lab's text must keep, each a small function from the text to the breaches of one rule."""

from __future__ import annotations

import re
from collections import Counter

from coursebuild.course import Course
from coursebuild.expected import parse_expected
from coursebuild.links import broken_links
from coursebuild.parse import Cell, Lab, Role
from coursebuild.problem import Problem
from coursebuild.testcells import breaches

_HINT = re.compile(r"<summary>\s*(?:<\w+>)?\s*Hint (\d)\b")
_EXERCISES = (Role.TASK, Role.ANSWER, Role.TEST, Role.WRITTEN)


def check_lab(lab: Lab, course: Course) -> list[Problem]:
    """All breaches in one lab."""
    rules = (unique_ids, complete_exercises, two_hints, written_text, no_load_lines, recorded_output)
    return (
        [problem for rule in rules for problem in rule(lab, course)]
        + broken_links(lab, course.labs)
        + breaches(lab, course)
    )


def check_course(labs: list[Lab], course: Course) -> list[Problem]:
    """Breaches between labs and solutions: answers that no lab asks for, exercises that two labs ask for."""
    code = {cell.name for lab in labs for cell in lab.of(Role.ANSWER)}
    text = {cell.name for lab in labs for cell in lab.of(Role.WRITTEN)}
    unasked = [f"solutions/{name}.py" for name in course.solutions.keys() - code]
    unasked += [f"solutions/{name}.md" for name in course.written.keys() - text]
    problems = [
        Problem(path, 1, "This is an answer without an exercise: no lab has a cell for it.") for path in unasked
    ]
    first: dict[str, str] = {}
    for lab in labs:
        for cell in lab.of(Role.ANSWER, Role.WRITTEN):
            if first.setdefault(cell.name, lab.name) != lab.name:
                message = f"The exercise {cell.name} is also in labs/{first[cell.name]}.py: give it a name of its own."
                problems.append(Problem(lab.path, cell.line, message))
    problems += [
        Problem(f"labs/expected/{name}.txt", 1, "There is no such lab.")
        for name in course.expected.keys() - course.labs.keys()
    ]
    return problems


def unique_ids(lab: Lab, course: Course) -> list[Problem]:
    """No id twice: ids of cells, of answers and of tests share one space, as they do in nbgrader."""
    counts = Counter(cell.grade_id for cell in lab.cells if cell.grade_id)
    return [
        Problem(lab.path, cell.line, f"The id {cell.grade_id} is given to {counts[cell.grade_id]} cells of this lab.")
        for cell in lab.cells
        if counts[cell.grade_id] > 1
    ]


def complete_exercises(lab: Lab, course: Course) -> list[Problem]:
    """Every exercise has one task, then one answer cell, then its tests; or one task, then one written question."""
    problems = []
    found: dict[str, list[Role]] = {}
    lines: dict[str, int] = {}
    for cell in lab.of(*_EXERCISES):
        roles = found.setdefault(cell.name, [])
        if cell.role is not Role.TEST or Role.TEST not in roles:
            roles.append(cell.role)
        lines.setdefault(cell.name, cell.line)
    for name, roles in found.items():
        if roles in ([Role.TASK, Role.ANSWER, Role.TEST], [Role.TASK, Role.WRITTEN]):
            continue
        message = (
            f"The exercise {name} has the cells {', '.join(roles)}. Wanted: task, answer, test; or: task, written."
        )
        problems.append(Problem(lab.path, lines[name], message))
    return problems


def two_hints(lab: Lab, course: Course) -> list[Problem]:
    """Every task has Hint 1 and Hint 2, and a heading."""
    problems = []
    for cell in lab.of(Role.TASK):
        if not re.match(r"### Exercise: \S", cell.source):
            problems.append(
                Problem(lab.path, cell.line, "A task begins with the heading `### Exercise: ...`.", _first_line(cell))
            )
        hints = _HINT.findall(cell.source)
        if hints != ["1", "2"]:
            message = (
                f"A task has Hint 1 and Hint 2, each in <details><summary>; this one has {', '.join(hints) or 'none'}."
            )
            problems.append(Problem(lab.path, cell.line, message, _first_line(cell)))
        if cell.source.count("<details>") != cell.source.count("</details>"):
            problems.append(Problem(lab.path, cell.line, "A <details> is not closed by </details>.", _first_line(cell)))
    return problems


def written_text(lab: Lab, course: Course) -> list[Problem]:
    """A written question shows the stub that students see, and its answer has a marking scheme."""
    problems = []
    for cell in lab.of(Role.WRITTEN):
        if cell.source.strip() != course.text_stub:
            message = f"The text of a written cell is what students see: {course.text_stub}"
            problems.append(Problem(lab.path, cell.line, message, _first_line(cell)))
        if "marking scheme" not in course.written.get(cell.name, "marking scheme").lower():
            problems.append(Problem(f"solutions/{cell.name}.md", 1, "This file has no heading `Marking scheme`."))
    return problems


def no_load_lines(lab: Lab, course: Course) -> list[Problem]:
    """`%load` lines are the build's own."""
    message = "Leave %load to the build: it puts one after each answer cell of the in-class copy."
    return [
        Problem(lab.path, cell.line + number, message, (line,))
        for cell in lab.cells
        if not cell.is_markdown
        for number, line in enumerate(cell.source.splitlines(), 1)
        if re.match(r"[#\s]*%load", line)
    ]


def recorded_output(lab: Lab, course: Course) -> list[Problem]:
    """What a marked cell prints is on record."""
    recorded = parse_expected(course.expected.get(lab.name, ""))
    marked = {cell.name: cell for cell in lab.cells if cell.check}
    command = "run `python -m coursebuild --record`"
    missing = [
        Problem(lab.path, marked[name].line, f"What {name} prints is not recorded: {command}.")
        for name in marked.keys() - recorded.keys()
    ]
    path = f"labs/expected/{lab.name}.txt"
    stale = [
        Problem(path, 1, f"The lab has no marked cell {name}: {command}.") for name in recorded.keys() - marked.keys()
    ]
    return missing + stale


def _first_line(cell: Cell) -> tuple[str, ...]:
    return tuple(cell.source.splitlines()[:1])
