"""Points that a person gave to a test and that are fewer than the test gives now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook import tables
from autograder.model.record import Verdict


@dataclass(frozen=True)
class Override:
    """One test that passes now, and the points that a person gave it before.

    Attributes:
        student: student id.
        lab: name of the lab.
        test: grade id of the test cell.
        points: points given by the person; they count.
        passed: points that the test gives.
    """

    student: str
    lab: str
    test: str
    points: float
    passed: float

    @property
    def sentence(self) -> str:
        """What a person should know."""
        return (
            f"{self.test} passes now ({self.passed:g} points), but the {self.points:g} that a person gave still count: "
            "empty the field in the formgrader to let the test decide."
        )


def overrides(connection: Connection, labs: Sequence[str]) -> list[Override]:
    """Every such test, in order of lab, student and position."""
    record = tables.records
    query = (
        select(record.c.student, record.c.lab, record.c.test, nb.GRADE.c.manual_score, nb.GRADE.c.auto_score)
        .select_from(
            nb.GRADE.join(nb.BASE_CELL, nb.BASE_CELL.c.id == nb.GRADE.c.cell_id)
            .join(nb.SUBMITTED_NOTEBOOK, nb.SUBMITTED_NOTEBOOK.c.id == nb.GRADE.c.notebook_id)
            .join(nb.SUBMITTED, nb.SUBMITTED.c.id == nb.SUBMITTED_NOTEBOOK.c.assignment_id)
            .join(nb.ASSIGNMENT, nb.ASSIGNMENT.c.id == nb.SUBMITTED.c.assignment_id)
            .join(nb.NOTEBOOK, nb.NOTEBOOK.c.id == nb.SUBMITTED_NOTEBOOK.c.notebook_id)
            .join(
                record,
                and_(
                    record.c.lab == nb.LAB,
                    record.c.student == nb.SUBMITTED.c.student_id,
                    record.c.test == nb.BASE_CELL.c.name,
                ),
            )
        )
        .where(
            record.c.lab.in_(labs),
            record.c.verdict == str(Verdict.PASSED),
            nb.GRADE.c.manual_score < nb.GRADE.c.auto_score,
        )
        .order_by(record.c.lab, record.c.student, record.c.position)
    )
    return [Override(*row) for row in connection.execute(query)]
