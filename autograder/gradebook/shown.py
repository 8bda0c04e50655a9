"""What a feedback page shows of the gradebook, as a digest: a page is out of date when it changes."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook.database import Database


def shown_grades(database: Database, lab: str) -> dict[str, str]:
    """Student -> SHA-256 over the points, comments and late penalty of a submission.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    return database.transact(lambda connection: _digests(connection, lab))


def _digests(connection: Connection, lab: str) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    grades = (nb.GRADE.c.auto_score, nb.GRADE.c.manual_score, nb.GRADE.c.extra_credit, nb.GRADE.c.needs_manual_grade)
    comments = (nb.COMMENT.c.auto_comment, nb.COMMENT.c.manual_comment)
    for table, columns in ((nb.GRADE, grades), (nb.COMMENT, comments)):
        query = (
            select(
                nb.SUBMITTED.c.student_id,
                nb.SUBMITTED_NOTEBOOK.c.late_submission_penalty,
                nb.BASE_CELL.c.name,
                *columns,
            )
            .join(nb.ASSIGNMENT, nb.SUBMITTED.c.assignment_id == nb.ASSIGNMENT.c.id)
            .join(nb.SUBMITTED_NOTEBOOK, nb.SUBMITTED_NOTEBOOK.c.assignment_id == nb.SUBMITTED.c.id)
            .join(nb.NOTEBOOK, nb.NOTEBOOK.c.id == nb.SUBMITTED_NOTEBOOK.c.notebook_id)
            .join(table, table.c.notebook_id == nb.SUBMITTED_NOTEBOOK.c.id)
            .join(nb.BASE_CELL, nb.BASE_CELL.c.id == table.c.cell_id)
            .where(nb.LAB.in_([lab]))
        )
        for student, *shown in connection.execute(query):
            found[student].append(repr((table.name, *shown)))
    return {student: hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest() for student, rows in found.items()}
