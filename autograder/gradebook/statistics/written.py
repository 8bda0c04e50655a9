"""How each written question went, which a person grades."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Float, Integer, case, cast, func, select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook.statistics.values import WrittenStatistics
from autograder.gradebook.statistics.written_cells import ANSWER, IS_ANSWER


def written(connection: Connection, labs: Sequence[str]) -> list[WrittenStatistics]:
    """One value per written question, in order of lab and cell."""
    manual = nb.GRADE.c.manual_score
    unanswered = manual.is_(None) & nb.GRADE.c.auto_score.is_not(None)  # a cell left as released gets 0 points
    query = (
        select(
            nb.LAB,
            nb.BASE_CELL.c.name,
            func.count(),
            func.sum(case((unanswered, 1), else_=0)),
            func.sum(cast(nb.GRADE.c.needs_manual_grade, Integer)),
            cast(func.sum(manual), Float),
            func.sum(case((manual.is_not(None), nb.GRADE_CELL.c.max_score), else_=0.0)),
        )
        .select_from(
            nb.GRADE.join(nb.BASE_CELL, nb.BASE_CELL.c.id == nb.GRADE.c.cell_id)
            .join(nb.GRADE_CELL, nb.GRADE_CELL.c.id == nb.BASE_CELL.c.id)
            .join(ANSWER, IS_ANSWER)
            .join(nb.SUBMITTED_NOTEBOOK, nb.SUBMITTED_NOTEBOOK.c.id == nb.GRADE.c.notebook_id)
            .join(nb.SUBMITTED, nb.SUBMITTED.c.id == nb.SUBMITTED_NOTEBOOK.c.assignment_id)
            .join(nb.ASSIGNMENT, nb.ASSIGNMENT.c.id == nb.SUBMITTED.c.assignment_id)
            .join(nb.NOTEBOOK, nb.NOTEBOOK.c.id == nb.SUBMITTED_NOTEBOOK.c.notebook_id)
        )
        .where(nb.LAB.in_(labs))
        .group_by(nb.ASSIGNMENT.c.name, nb.NOTEBOOK.c.name, nb.BASE_CELL.c.name)
        .order_by(nb.ASSIGNMENT.c.name, nb.NOTEBOOK.c.name, nb.BASE_CELL.c.name)
    )
    return [
        WrittenStatistics(lab, name, submitted, int(blank), int(waiting), points / graded if graded else None)
        for lab, name, submitted, blank, waiting, points, graded in connection.execute(query)
    ]
