"""Due dates, extensions, and the late penalties that follow from them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook import tables
from autograder.gradebook.database import Database
from autograder.model.lab import assignment_of

LatePenalty = Callable[[str, float, float], float | None]
"""Student, score, seconds late -> points to take off."""


@dataclass(frozen=True)
class PenaltyChange:
    """A late penalty that the due date, an extension or the points have changed since it was set; in points."""

    student: str
    before: float
    now: float


@dataclass(frozen=True)
class Extension:
    """What one student's extension means.

    Attributes:
        due: the lab's due date, UTC without a zone; ``None`` if it has none, or the gradebook does not know the lab.
        before: the extension until now.
        listed: whether the gradebook lists the student.
    """

    due: datetime.datetime | None
    before: datetime.timedelta
    listed: bool


def seconds_late(
    handed_in: datetime.datetime | None, due: datetime.datetime | None, extension: datetime.timedelta | None
) -> float:
    """How long after the due date something was handed in, extension included; 0 if in time, or nobody knows."""
    if handed_in is None or due is None:
        return 0.0
    return max((handed_in - due - (extension or datetime.timedelta())).total_seconds(), 0.0)


def penalty(rule: LatePenalty | None, student: str, score: float, late: float) -> float | None:
    """Points to take off by the course's rule, between 0 and the score; ``None`` when in time."""
    points = rule(student, score, late) if rule is not None and late > 0 else None
    return None if points is None else min(max(points, 0.0), max(score, 0.0))


def mark_late(database: Database, lab: str, marks: Mapping[str, bool]) -> None:
    """Keep which graded submissions the LMS marks as late now.

    Args:
        database: the gradebook.
        lab: name of the lab.
        marks: student -> whether the submission is marked.

    Raises:
        GradebookError: the gradebook cannot be written.
    """
    run = tables.runs

    def work(connection: Connection) -> None:
        query = select(run.c.student, run.c.marked_late).where(run.c.lab == lab)
        for student, marked in connection.execute(query).all():
            if marks.get(student, marked) != marked:
                chosen = (run.c.lab == lab) & (run.c.student == student)
                connection.execute(run.update().where(chosen).values(marked_late=marks[student]))

    database.transact(work)


def follow_due_date(database: Database, lab: str, rule: LatePenalty | None) -> list[PenaltyChange]:
    """Set every late penalty of a lab to what the due date, the extensions and the points give now.

    Args:
        database: the gradebook.
        lab: name of the lab.
        rule: the course's rule for late submissions, if it has one.

    Returns:
        What changed, in order of student.

    Raises:
        GradebookError: the gradebook cannot be used.
    """
    return database.transact(lambda connection: _follow(connection, lab, rule))


def read_extension(database: Database, lab: str, student: str) -> Extension:
    """A student's extension, and what it counts from.

    Raises:
        GradebookError: the gradebook cannot be read.
    """

    def work(connection: Connection) -> Extension:
        due = connection.execute(
            select(nb.ASSIGNMENT.c.duedate).where(nb.ASSIGNMENT.c.name == assignment_of(lab))
        ).scalar()
        given = connection.execute(select(nb.SUBMITTED.c.extension).where(_submission(lab, student))).scalar()
        kept = granted(connection, lab, student)
        known = connection.execute(select(func.count()).where(nb.STUDENT.c.id == student)).scalar_one()
        return Extension(due, given or kept or datetime.timedelta(), bool(known))

    return database.transact(work)


def grant(database: Database, lab: str, student: str, extension: datetime.timedelta) -> None:
    """Give a student an extension in place of an earlier one; one of no time takes it away.

    Raises:
        GradebookError: the gradebook cannot be written.
    """
    table = tables.extensions
    chosen = (table.c.lab == lab) & (table.c.student == student)

    def work(connection: Connection) -> None:
        connection.execute(table.delete().where(chosen))
        if extension:
            seconds = int(extension.total_seconds())
            connection.execute(table.insert().values(lab=lab, student=student, seconds=seconds))
        connection.execute(nb.SUBMITTED.update().where(_submission(lab, student)).values(extension=extension or None))

    database.transact_inserts(work)


def granted(connection: Connection, lab: str, student: str) -> datetime.timedelta | None:
    """The extension that was granted to a student, whether or not anything was handed in; ``None`` if none was."""
    table = tables.extensions
    query = select(table.c.seconds).where(table.c.lab == lab, table.c.student == student)
    seconds = connection.execute(query).scalar()
    return None if seconds is None else datetime.timedelta(seconds=seconds)


def _submission(lab: str, student: str) -> Any:
    """Which row of nbgrader's submissions is the student's."""
    assignment = select(nb.ASSIGNMENT.c.id).where(nb.ASSIGNMENT.c.name == assignment_of(lab)).scalar_subquery()
    return (nb.SUBMITTED.c.assignment_id == assignment) & (nb.SUBMITTED.c.student_id == student)


def _follow(connection: Connection, lab: str, rule: LatePenalty | None) -> list[PenaltyChange]:
    score = func.coalesce(nb.GRADE.c.manual_score, nb.GRADE.c.auto_score, 0.0) + func.coalesce(
        nb.GRADE.c.extra_credit, 0.0
    )
    notebook = nb.SUBMITTED_NOTEBOOK
    query = (
        select(
            notebook.c.id,
            nb.SUBMITTED.c.student_id,
            nb.SUBMITTED.c.timestamp,
            nb.SUBMITTED.c.extension,
            nb.ASSIGNMENT.c.duedate,
            notebook.c.late_submission_penalty,
            func.sum(score).label("score"),
        )
        .select_from(
            nb.SUBMITTED.join(nb.ASSIGNMENT, nb.ASSIGNMENT.c.id == nb.SUBMITTED.c.assignment_id)
            .join(notebook, notebook.c.assignment_id == nb.SUBMITTED.c.id)
            .join(nb.NOTEBOOK, nb.NOTEBOOK.c.id == notebook.c.notebook_id)
            .join(nb.GRADE, nb.GRADE.c.notebook_id == notebook.c.id)
        )
        .where(nb.LAB.in_([lab]))
        .group_by(notebook.c.id, nb.SUBMITTED.c.id, nb.ASSIGNMENT.c.id)
        .order_by(nb.SUBMITTED.c.student_id)
    )
    changes = []
    for row in connection.execute(query).all():
        late = seconds_late(row.timestamp, row.duedate, row.extension)
        now = penalty(rule, row.student_id, float(row.score), late)
        before = row.late_submission_penalty
        if (now or 0.0) != (before or 0.0):
            connection.execute(notebook.update().where(notebook.c.id == row.id).values(late_submission_penalty=now))
            changes.append(PenaltyChange(row.student_id, before or 0.0, now or 0.0))
    return changes
