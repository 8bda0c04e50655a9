"""Removing everything that a gradebook holds of one student."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook import tables
from autograder.gradebook.database import Database

OWN = (tables.records, tables.runs, tables.extensions)


def count_rows(database: Database, student: str) -> int:
    """How many rows a gradebook holds of a student.

    Raises:
        GradebookError: the gradebook cannot be read.
    """

    def work(connection: Connection) -> int:
        return sum(
            connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one()
            for table, condition in _rows(student)
        )

    return database.transact(work)


def remove_student(database: Database, student: str) -> None:
    """Remove a student with all submissions, grades, comments and records, in one transaction.

    SQLite overwrites what it deletes, and gives its journal's and its own free space back.

    Raises:
        GradebookError: the gradebook cannot be written.
    """

    def work(connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        for table, condition in _rows(student):
            connection.execute(delete(table).where(condition))

    database.transact(work)
    database.compact()


def _rows(student: str) -> list[tuple[Any, Any]]:
    """Tables and which of their rows are the student's, those that others refer to last."""
    submitted = select(nb.SUBMITTED.c.id).where(nb.SUBMITTED.c.student_id == student)
    notebooks = select(nb.SUBMITTED_NOTEBOOK.c.id).where(nb.SUBMITTED_NOTEBOOK.c.assignment_id.in_(submitted))
    return [
        (nb.GRADE, nb.GRADE.c.notebook_id.in_(notebooks)),
        (nb.COMMENT, nb.COMMENT.c.notebook_id.in_(notebooks)),
        (nb.SUBMITTED_NOTEBOOK, nb.SUBMITTED_NOTEBOOK.c.assignment_id.in_(submitted)),
        (nb.SUBMITTED, nb.SUBMITTED.c.student_id == student),
        (nb.STUDENT, nb.STUDENT.c.id == student),
        *((table, table.c.student == student) for table in OWN),
    ]
