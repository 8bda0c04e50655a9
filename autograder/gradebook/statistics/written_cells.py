"""How nbgrader's tables tell a written answer: a cell that is both graded and the student's own."""

from __future__ import annotations

from sqlalchemy import and_

from autograder.gradebook import nbgrader_tables as nb

ANSWER = nb.BASE_CELL.alias("answer")
IS_ANSWER = and_(
    ANSWER.c.notebook_id == nb.BASE_CELL.c.notebook_id,
    ANSWER.c.name == nb.BASE_CELL.c.name,
    ANSWER.c.type == "SolutionCell",
)
"""Joins a graded cell (in ``base_cell``) to the solution cell of the same name, if it has one."""
