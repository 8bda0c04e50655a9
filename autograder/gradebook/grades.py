"""Each student's grade for a lab: a score, or the reason why there is none yet.

There is a score only when everything is decided: every test has its record, every written answer its points. What is
undecided never becomes a zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook import tables
from autograder.gradebook.database import Database
from autograder.model.errors import GradebookError
from autograder.model.lab import assignment_of, notebook_of
from autograder.model.record import Verdict


class Status(StrEnum):
    """How far grading has come."""

    GRADED = "graded"
    WAITING = "waits for manual grading"
    NOT_GRADABLE = "not gradable"
    NOT_GRADED = "not graded yet"
    NOT_HANDED_IN = "not handed in"


@dataclass(frozen=True)
class LabGrade:
    """One student's grade for one lab.

    Attributes:
        status: how far grading has come.
        score: points after the late penalty; ``None`` unless ``status`` is ``GRADED``.
        max_score: points of the lab.
        penalty: points taken off for a late submission.
        why: one sentence about what is undecided; empty when nothing is.
        points: (exercise or cell, points, maximum points) in the lab's order, for feedback.
    """

    status: Status
    score: float | None
    max_score: float
    penalty: float = 0.0
    why: str = ""
    points: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True)
class _Cell:
    """A graded cell of the lab."""

    name: str
    max_points: float
    exercise: str


@dataclass(frozen=True)
class _CellGrade:
    """A student's row for a graded cell; the default is that of a missing row."""

    auto: float | None = None
    manual: float | None = None
    extra: float = 0.0
    review: bool = True

    @property
    def score(self) -> float | None:
        """The points that count."""
        return self.auto if self.manual is None else self.manual


@dataclass(frozen=True)
class _Submission:
    """A student's rows for all graded cells, by database id, and the late penalty of each notebook."""

    cells: dict[str, _CellGrade]
    penalties: dict[str, float]

    @property
    def penalty(self) -> float:
        """Points taken off."""
        return sum(self.penalties.values())


def read_grades(database: Database, lab: str, submitted: Mapping[str, Collection[str]]) -> dict[str, LabGrade]:
    """Student -> grade, for everybody who submitted a lab.

    Args:
        database: the gradebook.
        lab: name of the lab.
        submitted: student -> digests of what is in ``submitted/`` now, one for each notebook.

    Raises:
        GradebookError: the gradebook does not know the lab, or cannot be read.
    """
    return database.transact(lambda connection: _read(connection, lab, submitted))


def max_score(database: Database, lab: str) -> float:
    """Points of a lab.

    Raises:
        GradebookError: the gradebook does not know the lab, or cannot be read.
    """
    return database.transact(lambda connection: _sum_points(_cells(connection, lab)))


def _read(connection: Connection, lab: str, submitted: Mapping[str, Collection[str]]) -> dict[str, LabGrade]:
    cells = _cells(connection, lab)
    most = _sum_points(cells)
    run = tables.runs
    wanted = select(run.c.student, run.c.submission_digest, run.c.problem).where(_is_of(run.c.lab, lab))
    runs: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(wanted):
        runs[row.student].append(row)
    submissions, messages = _submissions(connection, lab), _not_gradable(connection, lab)
    grades = {}
    for student in submitted.keys() | submissions.keys() | runs.keys():
        graded = runs.get(student, [])
        if student not in submissions:
            grades[student] = LabGrade(Status.NOT_GRADED, None, most, why=f"Run `autograder grade {lab}`.")
        elif student in submitted and any(row.submission_digest not in submitted[student] for row in graded):
            why = f"A newer version was handed in than was graded: run `autograder grade {lab}`."
            grades[student] = LabGrade(Status.NOT_GRADED, None, most, why=why)
        else:
            problem = next((row.problem for row in graded if row.problem), None)
            grades[student] = _grade(submissions[student], cells, messages.get(student, {}), problem)
    return grades


def _grade(
    submission: _Submission, cells: Mapping[str, _Cell], messages: Mapping[str, str], problem: str | None
) -> LabGrade:
    """Add up a student's cells.

    Args:
        messages: grade id -> message of the tests that could not be judged.
        problem: why the submission could not be graded at all, if so.
    """
    total, undecided, reason = 0.0, [], ""
    points: dict[str, tuple[float, float]] = {}
    for cell_id, cell in cells.items():
        grade = submission.cells.get(cell_id, _CellGrade())
        if grade.score is None or grade.review:
            if grade.manual is None and cell.name in messages:
                reason = reason or problem or messages[cell.name] or "A test could not be judged."
            undecided.append(cell.name)
            continue
        total += grade.score + grade.extra
        reached, possible = points.get(cell.exercise, (0.0, 0.0))
        points[cell.exercise] = (reached + grade.score + grade.extra, possible + cell.max_points)
    most = _sum_points(cells)
    if reason:
        return LabGrade(Status.NOT_GRADABLE, None, most, why=f"{reason} Score it by hand in the formgrader.")
    if undecided:
        return LabGrade(Status.WAITING, None, most, why=f"Open in the formgrader: {', '.join(undecided)}.")
    listed = tuple((name, reached, possible) for name, (reached, possible) in points.items())
    score = max(total - submission.penalty, 0.0)
    return LabGrade(Status.GRADED, score, most, min(submission.penalty, total), points=listed)


def _submissions(connection: Connection, lab: str) -> dict[str, _Submission]:
    """Student -> rows of the graded cells; only students with such rows."""
    query = (
        select(nb.SUBMITTED.c.student_id, nb.SUBMITTED_NOTEBOOK.c.late_submission_penalty, nb.GRADE)
        .join(nb.ASSIGNMENT, nb.SUBMITTED.c.assignment_id == nb.ASSIGNMENT.c.id)
        .join(nb.SUBMITTED_NOTEBOOK, nb.SUBMITTED_NOTEBOOK.c.assignment_id == nb.SUBMITTED.c.id)
        .join(nb.GRADE, nb.GRADE.c.notebook_id == nb.SUBMITTED_NOTEBOOK.c.id)
        .join(nb.NOTEBOOK, nb.NOTEBOOK.c.id == nb.SUBMITTED_NOTEBOOK.c.notebook_id)
        .where(_is_notebook_of(lab))
    )
    submissions: dict[str, _Submission] = {}
    for row in connection.execute(query):
        submission = submissions.setdefault(row.student_id, _Submission({}, {}))
        submission.penalties[row.notebook_id] = row.late_submission_penalty or 0.0
        submission.cells[row.cell_id] = _CellGrade(
            row.auto_score, row.manual_score, row.extra_credit or 0.0, bool(row.needs_manual_grade)
        )
    return submissions


def _not_gradable(connection: Connection, lab: str) -> dict[str, dict[str, str]]:
    """Student -> grade id -> message, of the tests that could not be judged."""
    record = tables.records
    query = select(record.c.student, record.c.test, record.c.message).where(
        _is_of(record.c.lab, lab), record.c.verdict == str(Verdict.NOT_GRADABLE)
    )
    messages: dict[str, dict[str, str]] = defaultdict(dict)
    for student, test, message in connection.execute(query):
        messages[student][test] = message
    return messages


def _cells(connection: Connection, lab: str) -> dict[str, _Cell]:
    """Database id -> graded cell: tests in the lab's order, as records have it, then the others by name."""
    record = tables.records
    query = select(record.c.test, record.c.exercise, record.c.position).where(_is_of(record.c.lab, lab)).distinct()
    tests = {test: (position, exercise) for test, exercise, position in connection.execute(query)}
    cells: dict[str, _Cell] = {}
    for table in (nb.GRADE_CELL, nb.TASK_CELL):
        for cell_id, name, points in connection.execute(_graded_cells(table, lab)):
            cells[cell_id] = _Cell(name, float(points), tests.get(name, (0, name))[1])
    if not cells:
        raise GradebookError(f"The gradebook does not know {lab}: run `autograder grade {lab}` first.")
    last = (len(tests), "")
    return dict(sorted(cells.items(), key=lambda item: (tests.get(item[1].name, last)[0], item[1].name)))


def _graded_cells(table: Any, lab: str) -> Any:
    return (
        select(nb.BASE_CELL.c.id, nb.BASE_CELL.c.name, table.c.max_score)
        .join(table, table.c.id == nb.BASE_CELL.c.id)
        .join(nb.NOTEBOOK, nb.NOTEBOOK.c.id == nb.BASE_CELL.c.notebook_id)
        .join(nb.ASSIGNMENT, nb.ASSIGNMENT.c.id == nb.NOTEBOOK.c.assignment_id)
        .where(_is_notebook_of(lab))
    )


def _is_of(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Whether a lab is the named one, or one of the notebooks of the named assignment."""
    return (column == name) | column.startswith(f"{name}/", autoescape=True)


def _is_notebook_of(name: str) -> ColumnElement[bool]:
    """The same for a notebook in nbgrader's tables."""
    assignment: ColumnElement[bool] = nb.ASSIGNMENT.c.name == assignment_of(name)
    return assignment & (nb.NOTEBOOK.c.name == notebook_of(name)) if "/" in name else assignment


def _sum_points(cells: Mapping[str, _Cell]) -> float:
    return sum(cell.max_points for cell in cells.values())
