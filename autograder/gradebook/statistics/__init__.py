"""Statistics of a class, by a handful of aggregating queries that are the same for SQLite and PostgreSQL.

No query returns a row per test: Python gets one row per student and lab, and one per exercise or mistake.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook import tables
from autograder.gradebook.database import Database
from autograder.gradebook.listed import is_listed
from autograder.gradebook.statistics.attention import attention, unanswered
from autograder.gradebook.statistics.exercises import exercises
from autograder.gradebook.statistics.mistakes import mistakes
from autograder.gradebook.statistics.scores import scores
from autograder.gradebook.statistics.values import ClassStatistics, Score
from autograder.gradebook.statistics.written import written

RUN = tables.runs


def graded_labs(database: Database) -> list[str]:
    """Names of the labs with at least one graded submission.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    query = select(RUN.c.lab).where(is_listed(RUN)).distinct().order_by(RUN.c.lab)
    return database.transact(lambda connection: list(connection.execute(query).scalars()))


def class_statistics(database: Database, labs: Sequence[str]) -> ClassStatistics:
    """Statistics of the given labs, all of the same moment.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    return database.transact(lambda connection: _statistics(connection, labs))


def _statistics(connection: Connection, labs: Sequence[str]) -> ClassStatistics:
    lab_scores = scores(connection, labs)
    by_exercise = exercises(connection, labs)
    answered = {(exercise.lab, exercise.name): exercise.answered for exercise in by_exercise}
    waiting = {(score.student, score.lab) for score in lab_scores if score.waiting}
    return ClassStatistics(
        labs=tuple(labs),
        students=_students(connection, lab_scores),
        scores=lab_scores,
        exercises=by_exercise,
        written=written(connection, labs),
        mistakes=mistakes(connection, labs, answered),
        attention=attention(connection, labs),
        unanswered=unanswered(connection, labs, waiting),
        without_isolation=connection.execute(
            select(func.count()).where(RUN.c.lab.in_(labs), is_listed(RUN), RUN.c.isolation == "none")
        ).scalar_one(),
    )


def _students(connection: Connection, lab_scores: list[Score]) -> dict[str, str]:
    """Id -> full name, of everybody in the gradebook's list and everybody with a score."""
    names = {
        row.id: " ".join(part for part in (row.first_name, row.last_name) if part)
        for row in connection.execute(select(nb.STUDENT.c.id, nb.STUDENT.c.first_name, nb.STUDENT.c.last_name))
    }
    ids = sorted(names.keys() | {score.student for score in lab_scores})
    return {student: names.get(student, "") for student in ids}
