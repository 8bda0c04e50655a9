"""Which of the engine's own rows still belong to a submission of nbgrader's.

``nbgrader db student remove`` knows nothing of the engine's tables: the rows of a student who was removed stay until
the student is graded again or forgotten (`autograder.gradebook.removal`), and count nowhere.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, exists

from autograder.gradebook import nbgrader_tables as nb


def is_listed(table: Table) -> ColumnElement[bool]:
    """Whether nbgrader has the submission that a row is of; the table has columns ``lab`` and ``student``."""
    listed = exists().where(
        nb.SUBMITTED.c.student_id == table.c.student,
        nb.SUBMITTED.c.assignment_id == nb.ASSIGNMENT.c.id,
        nb.NOTEBOOK.c.assignment_id == nb.ASSIGNMENT.c.id,
        table.c.lab == nb.LAB,
    )
    return listed.correlate(table)
