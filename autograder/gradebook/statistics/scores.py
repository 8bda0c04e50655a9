"""Each student's points for each lab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, Select, Subquery, and_, case, cast, func, select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook import tables
from autograder.gradebook.lateness import seconds_late
from autograder.gradebook.statistics.values import Score
from autograder.gradebook.statistics.written_cells import ANSWER, IS_ANSWER

RUN = tables.runs


def scores(connection: Connection, labs: Sequence[str]) -> list[Score]:
    """One score per student and graded lab, in order of lab and student."""
    result = []
    for row in connection.execute(_per_submission(labs)):
        points, decided = row.points, row.decided
        if row.problem:  # the submission could not be read, so nothing is decided
            points = decided = 0.0
        late = seconds_late(row.timestamp, row.duedate, row.extension)
        result.append(
            Score(
                row.student_id,
                row.lab,
                max(points, 0.0),
                decided,
                row.max_points,
                waiting=int(row.waiting),
                late=late > 0 or (row.timestamp is None and bool(row.marked_late)),
                seconds_late=late,
            )
        )
    return result


def _per_submission(labs: Sequence[str]) -> Select[Any]:
    """Sums over the cells of a notebook, with the dates of its submission."""
    cells = _per_notebook()
    penalty = func.coalesce(nb.SUBMITTED_NOTEBOOK.c.late_submission_penalty, 0.0)
    return (
        select(
            nb.SUBMITTED.c.student_id,
            nb.LAB.label("lab"),
            func.sum(cells.c.points - penalty).label("points"),
            func.sum(cells.c.decided).label("decided"),
            func.sum(cells.c.max_points).label("max_points"),
            func.sum(cells.c.waiting).label("waiting"),
            nb.SUBMITTED.c.timestamp,
            nb.SUBMITTED.c.extension,
            nb.ASSIGNMENT.c.duedate,
            RUN.c.problem,
            RUN.c.marked_late,
        )
        .select_from(
            nb.SUBMITTED.join(nb.ASSIGNMENT, nb.ASSIGNMENT.c.id == nb.SUBMITTED.c.assignment_id)
            .join(nb.SUBMITTED_NOTEBOOK, nb.SUBMITTED_NOTEBOOK.c.assignment_id == nb.SUBMITTED.c.id)
            .join(cells, cells.c.notebook_id == nb.SUBMITTED_NOTEBOOK.c.id)
            .join(nb.NOTEBOOK, nb.NOTEBOOK.c.id == nb.SUBMITTED_NOTEBOOK.c.notebook_id)
            .join(RUN, and_(RUN.c.lab == nb.LAB, RUN.c.student == nb.SUBMITTED.c.student_id))
        )
        .where(nb.LAB.in_(labs))
        .group_by(nb.SUBMITTED.c.id, nb.ASSIGNMENT.c.id, nb.NOTEBOOK.c.id, RUN.c.lab, RUN.c.student)
        .order_by(nb.ASSIGNMENT.c.name, nb.NOTEBOOK.c.name, nb.SUBMITTED.c.student_id)
    )


def _per_notebook() -> Subquery:
    """Sums over the graded cells of a notebook."""
    score = func.coalesce(nb.GRADE.c.manual_score, nb.GRADE.c.auto_score)
    max_score = func.coalesce(nb.GRADE_CELL.c.max_score, nb.TASK_CELL.c.max_score, 0.0)
    # A person has to grade written answers and tasks, and to look again at manual points of a changed submission.
    # A test that could not be judged is not counted here: it is reported as not gradable.
    by_hand = ANSWER.c.id.is_not(None) | nb.TASK_CELL.c.id.is_not(None) | nb.GRADE.c.manual_score.is_not(None)
    return (
        select(
            nb.GRADE.c.notebook_id,
            func.sum(func.coalesce(score, 0.0) + func.coalesce(nb.GRADE.c.extra_credit, 0.0)).label("points"),
            func.sum(case((score.is_(None), 0.0), else_=max_score)).label("decided"),
            func.sum(max_score).label("max_points"),
            func.sum(case((by_hand, cast(nb.GRADE.c.needs_manual_grade, Integer)), else_=0)).label("waiting"),
        )
        .select_from(
            nb.GRADE.outerjoin(nb.GRADE_CELL, nb.GRADE_CELL.c.id == nb.GRADE.c.cell_id)
            .outerjoin(nb.TASK_CELL, nb.TASK_CELL.c.id == nb.GRADE.c.cell_id)
            .join(nb.BASE_CELL, nb.BASE_CELL.c.id == nb.GRADE.c.cell_id)
            .outerjoin(ANSWER, IS_ANSWER)
        )
        .group_by(nb.GRADE.c.notebook_id)
        .subquery()
    )
