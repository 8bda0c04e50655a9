"""Late penalties: what the course's rule takes off, from the times and points that the gradebook has now."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.model.errors import CourseError

LatePenalty = Callable[[str, float, float], float | None]
"""Student, score, seconds late -> points to take off."""


def points_off(
    rule: LatePenalty | None,
    student: str,
    points: float,
    handed_in: datetime.datetime | None,
    due: datetime.datetime | None,
    extension: datetime.timedelta | None,
) -> float | None:
    """Points to take off, between 0 and ``points``; ``None`` when in time, or when nobody knows.

    Args:
        rule: the course's rule; ``None`` takes off nothing.
        student: student id.
        points: points of the submission, those that a person gave included.
        handed_in: time of submission, in UTC.
        due: the lab's due date, in UTC.
        extension: how much later this student may hand in.

    Raises:
        CourseError: the rule failed.
    """
    if rule is None or handed_in is None or due is None:
        return None
    late = (handed_in - due - (extension or datetime.timedelta())).total_seconds()
    try:
        penalty = rule(student, points, late) if late > 0 else None
        return None if penalty is None else min(max(float(penalty), 0.0), points)
    except Exception as error:  # the rule is a program of the course's
        raise CourseError(
            f"The late penalty that nbgrader_config.py names failed for {student} ({type(error).__name__}: {error}): "
            "fix it and run the same command again."
        ) from error


def renew(connection: Connection, rule: LatePenalty, notebook: str) -> int:
    """Set the penalties of a lab's submissions to what the rule says now; return how many changed.

    Args:
        rule: the course's rule.
        notebook: database id of the lab's notebook.

    Raises:
        CourseError: the rule failed.
    """
    score = func.coalesce(nb.GRADE.c.manual_score, nb.GRADE.c.auto_score, 0.0)
    query = (
        select(
            nb.SUBMITTED_NOTEBOOK.c.id,
            nb.SUBMITTED_NOTEBOOK.c.late_submission_penalty,
            nb.SUBMITTED.c.student_id,
            nb.SUBMITTED.c.timestamp,
            nb.SUBMITTED.c.extension,
            nb.ASSIGNMENT.c.duedate,
            func.sum(score + func.coalesce(nb.GRADE.c.extra_credit, 0.0)).label("points"),
        )
        .join(nb.SUBMITTED, nb.SUBMITTED.c.id == nb.SUBMITTED_NOTEBOOK.c.assignment_id)
        .join(nb.ASSIGNMENT, nb.ASSIGNMENT.c.id == nb.SUBMITTED.c.assignment_id)
        .join(nb.GRADE, nb.GRADE.c.notebook_id == nb.SUBMITTED_NOTEBOOK.c.id)
        .where(nb.SUBMITTED_NOTEBOOK.c.notebook_id == notebook)
        .group_by(nb.SUBMITTED_NOTEBOOK.c.id, nb.SUBMITTED.c.id, nb.ASSIGNMENT.c.id)
    )
    changed = 0
    for row in connection.execute(query).all():
        penalty = points_off(rule, row.student_id, row.points, row.timestamp, row.duedate, row.extension)
        if (penalty or 0.0) != (row.late_submission_penalty or 0.0):
            changed += 1
            this = nb.SUBMITTED_NOTEBOOK.c.id == row.id
            connection.execute(nb.SUBMITTED_NOTEBOOK.update().where(this).values(late_submission_penalty=penalty))
    return changed
