"""nbgrader's own tables, by the names that this engine's queries use."""

from __future__ import annotations

from nbgrader import api
from sqlalchemy import ColumnElement, case

COURSE = api.Course.__table__
STUDENT = api.Student.__table__
ASSIGNMENT = api.Assignment.__table__
NOTEBOOK = api.Notebook.__table__
BASE_CELL = api.BaseCell.__table__
GRADE_CELL = api.GradeCell.__table__
TASK_CELL = api.TaskCell.__table__
SOLUTION_CELL = api.SolutionCell.__table__
SOURCE_CELL = api.SourceCell.__table__
SUBMITTED = api.SubmittedAssignment.__table__
SUBMITTED_NOTEBOOK = api.SubmittedNotebook.__table__
GRADE = api.Grade.__table__
COMMENT = api.Comment.__table__

LAB: ColumnElement[str] = case(
    (NOTEBOOK.c.name == ASSIGNMENT.c.name, ASSIGNMENT.c.name), else_=ASSIGNMENT.c.name + "/" + NOTEBOOK.c.name
)
"""Name of the lab that a notebook of an assignment is: `autograder.model.lab.lab_name` in SQL."""
