"""How nbgrader's tables tell a written answer: a cell that is both graded and the student's own."""

from __future__ import annotations

from sqlalchemy import and_, case

from autograder.gradebook import nbgrader_tables as nb

LAB = case(
    (nb.NOTEBOOK.c.name == nb.ASSIGNMENT.c.name, nb.ASSIGNMENT.c.name),
    else_=nb.ASSIGNMENT.c.name + "/" + nb.NOTEBOOK.c.name,
)
"""Name of the lab that a notebook of an assignment is: `autograder.model.lab.lab_name` in SQL."""

ANSWER = nb.BASE_CELL.alias("answer")
IS_ANSWER = and_(
    ANSWER.c.notebook_id == nb.BASE_CELL.c.notebook_id,
    ANSWER.c.name == nb.BASE_CELL.c.name,
    ANSWER.c.type == "SolutionCell",
)
"""Joins a graded cell (in ``base_cell``) to the solution cell of the same name, if it has one."""
