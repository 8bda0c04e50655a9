"""How many students made each known mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from autograder.gradebook import tables
from autograder.gradebook.listed import is_listed
from autograder.gradebook.statistics.values import MistakeCount

RECORD = tables.records


def mistakes(
    connection: Connection, labs: Sequence[str], answered: Mapping[tuple[str, str], int]
) -> list[MistakeCount]:
    """One value per mistake that somebody made, most frequent first within a lab.

    Args:
        answered: (lab, exercise) -> number of students who answered the exercise.
    """
    students = func.count(RECORD.c.student.distinct())
    query = (
        select(RECORD.c.lab, RECORD.c.exercise, RECORD.c.mistake, students, func.min(RECORD.c.message))
        .where(RECORD.c.lab.in_(labs), is_listed(RECORD), RECORD.c.mistake.is_not(None))
        .group_by(RECORD.c.lab, RECORD.c.exercise, RECORD.c.mistake)
        .order_by(RECORD.c.lab, students.desc(), RECORD.c.exercise, RECORD.c.mistake)
    )
    return [
        MistakeCount(lab, exercise, name, count, answered[lab, exercise], message)
        for lab, exercise, name, count, message in connection.execute(query)
    ]
