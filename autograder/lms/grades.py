"""What the gradebook says of each student and lab: a score, or why there is none yet.

A score is given only when nothing of it is open: every test has its record and every written answer its points. What
is open never becomes a zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook import tables
from autograder.gradebook.store import Store
from autograder.model.errors import LmsError
from autograder.model.record import Verdict


class Status(StrEnum):
    """How far a grade is."""

    GRADED = "graded"
    WAITING = "waits for manual grading"
    NOT_GRADABLE = "not gradable"
    NOT_GRADED = "not graded yet"
    NOT_HANDED_IN = "not handed in"


@dataclass(frozen=True)
class Grade:
    """One student's grade in one lab.

    Attributes:
        status: how far it is.
        score: points after the late penalty; ``None`` unless ``status`` is ``GRADED``.
        max_score: points of the lab.
        penalty: points taken off for being late.
        why: one sentence about what is open; empty when nothing is.
        points: (exercise or cell, points, most points) in the lab's order, for feedback.
    """

    status: Status
    score: float | None
    max_score: float
    penalty: float = 0.0
    why: str = ""
    points: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True)
class _Cell:
    name: str
    most: float
    exercise: str


def read_grades(store: Store, lab: str, handed: Mapping[str, str]) -> dict[str, Grade]:
    """The grades of everybody who handed a lab in.

    Args:
        store: the gradebook.
        lab: name of the lab.
        handed: student -> digest of what lies in ``submitted/`` now.

    Raises:
        LmsError: the gradebook does not know the lab.
        GradebookError: the gradebook cannot be read.
    """
    return store.transact(lambda connection: _read(connection, lab, handed))


def max_score(store: Store, lab: str) -> float:
    """Points of a lab.

    Raises:
        LmsError: the gradebook does not know the lab.
    """
    return store.transact(lambda connection: sum(cell.most for cell in _cells(connection, lab).values()))


def _read(connection: Connection, lab: str, handed: Mapping[str, str]) -> dict[str, Grade]:
    cells = _cells(connection, lab)
    most = sum(cell.most for cell in cells.values())
    run, record = tables.runs, tables.records
    runs = {row.student: row for row in connection.execute(select(run).where(run.c.lab == lab))}
    bad: dict[str, dict[str, str]] = defaultdict(dict)
    query = select(record.c.student, record.c.test, record.c.message)
    for student, test, message in connection.execute(
        query.where(record.c.lab == lab, record.c.verdict == str(Verdict.NOT_GRADABLE))
    ):
        bad[student][test] = message
    rows: dict[str, dict[str, tuple[float | None, float | None, float, bool]]] = defaultdict(dict)
    penalties: dict[str, float] = {}
    query = (
        select(nb.SUBMITTED.c.student_id, nb.SUBMITTED_NOTEBOOK.c.late_submission_penalty, nb.GRADE)
        .join(nb.ASSIGNMENT, nb.SUBMITTED.c.assignment_id == nb.ASSIGNMENT.c.id)
        .join(nb.SUBMITTED_NOTEBOOK, nb.SUBMITTED_NOTEBOOK.c.assignment_id == nb.SUBMITTED.c.id)
        .join(nb.GRADE, nb.GRADE.c.notebook_id == nb.SUBMITTED_NOTEBOOK.c.id)
        .where(nb.ASSIGNMENT.c.name == lab)
    )
    for row in connection.execute(query):
        penalties[row.student_id] = row.late_submission_penalty or 0.0
        extra = row.extra_credit or 0.0
        rows[row.student_id][row.cell_id] = (row.auto_score, row.manual_score, extra, bool(row.needs_manual_grade))
    grades = {}
    for student in handed.keys() | rows.keys() | runs.keys():
        there = runs.get(student)
        if not rows.get(student):
            grades[student] = Grade(Status.NOT_GRADED, None, most, why=f"Run `autograder grade {lab}`.")
        elif there is not None and student in handed and handed[student] != there.submission_digest:
            why = f"A newer version was handed in than was graded: run `autograder grade {lab}`."
            grades[student] = Grade(Status.NOT_GRADED, None, most, why=why)
        else:
            problem = there.problem if there is not None else None
            grades[student] = _grade(rows[student], cells, most, penalties[student], bad[student], problem)
    return grades


def _grade(
    rows: Mapping[str, tuple[float | None, float | None, float, bool]],
    cells: Mapping[str, _Cell],
    most: float,
    penalty: float,
    bad: Mapping[str, str],
    problem: str | None,
) -> Grade:
    total, open_cells, why_bad = 0.0, [], ""
    points: dict[str, tuple[float, float]] = {}
    for cell_id, cell in cells.items():
        auto, manual, extra, review = rows.get(cell_id, (None, None, 0.0, True))
        score = auto if manual is None else manual
        if score is None or review:
            if manual is None and cell.name in bad:
                why_bad = why_bad or problem or bad[cell.name] or "A test could not be judged."
            open_cells.append(cell.name)
            continue
        total += score + extra
        had, possible = points.get(cell.exercise, (0.0, 0.0))
        points[cell.exercise] = (had + score + extra, possible + cell.most)
    if why_bad:
        return Grade(Status.NOT_GRADABLE, None, most, why=f"{why_bad} Score it by hand in the formgrader.")
    if open_cells:
        return Grade(Status.WAITING, None, most, why=f"Open in the formgrader: {', '.join(open_cells)}.")
    listed = tuple((name, had, possible) for name, (had, possible) in points.items())
    return Grade(Status.GRADED, max(total - penalty, 0.0), most, min(penalty, total), points=listed)


def _cells(connection: Connection, lab: str) -> dict[str, _Cell]:
    """Database id -> graded cell, in the lab's order as far as the records tell it."""
    found: dict[str, _Cell] = {}
    record = tables.records
    query = select(record.c.test, record.c.exercise, record.c.position).where(record.c.lab == lab).distinct()
    known = {test: (position, exercise) for test, exercise, position in connection.execute(query)}
    for kind in (nb.GRADE_CELL, nb.TASK_CELL):
        cells = (
            select(nb.BASE_CELL.c.id, nb.BASE_CELL.c.name, kind.c.max_score)
            .join(kind, kind.c.id == nb.BASE_CELL.c.id)
            .join(nb.NOTEBOOK, nb.NOTEBOOK.c.id == nb.BASE_CELL.c.notebook_id)
            .join(nb.ASSIGNMENT, nb.ASSIGNMENT.c.id == nb.NOTEBOOK.c.assignment_id)
            .where(nb.ASSIGNMENT.c.name == lab)
        )
        for cell_id, name, most in connection.execute(cells):
            found[cell_id] = _Cell(name, float(most), known.get(name, (0, name))[1])
    if not found:
        raise LmsError(f"The gradebook does not know {lab}: run `autograder grade {lab}` first.")
    last = len(known)
    return dict(sorted(found.items(), key=lambda item: (known.get(item[1].name, (last, ""))[0], item[1].name)))
