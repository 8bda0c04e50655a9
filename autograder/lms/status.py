"""A table with everybody's grading status, for people and spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.files.spreadsheets import defused
from autograder.gradebook.grades import LabGrade, Status
from autograder.lms.table import Table

STATUS_COLUMNS = ["student", "name", "email", "lab", "status", "score", "max_score", "late_penalty", "what_to_do"]


@dataclass(frozen=True)
class StatusLine:
    """One student's grade for one lab, with what identifies the student."""

    student: str
    name: str
    email: str
    lab: str
    grade: LabGrade


def status_table(lines: Sequence[StatusLine]) -> Table:
    """The table; no formula in it runs in a spreadsheet."""
    rows = [
        [
            *map(defused, (line.student, line.name, line.email)),
            defused(line.lab),
            str(line.grade.status),
            "" if line.grade.score is None else f"{line.grade.score:g}",
            f"{line.grade.max_score:g}",
            f"{line.grade.penalty:g}" if line.grade.penalty else "",
            defused(line.grade.why),
        ]
        for line in lines
    ]
    return Table(list(STATUS_COLUMNS), rows, bom=True)


def needs_a_look(lines: Sequence[StatusLine]) -> list[StatusLine]:
    """Lines without a grade although something was submitted."""
    return [line for line in lines if line.grade.status not in (Status.GRADED, Status.NOT_HANDED_IN)]
