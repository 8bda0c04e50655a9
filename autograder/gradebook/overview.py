"""What the gradebook contains of some labs, for the summary after a grading run."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select

from autograder.gradebook import tables
from autograder.gradebook.listed import is_listed
from autograder.gradebook.store import Store
from autograder.model.record import Verdict


@dataclass(frozen=True)
class LabScore:
    """Points of one student's tests in one lab.

    Attributes:
        student: student id.
        lab: name of the lab.
        points: points of the tests that were gradable.
        max_points: points of all tests.
        open_tests: number of tests that were not gradable.
    """

    student: str
    lab: str
    points: float
    max_points: float
    open_tests: int


@dataclass(frozen=True)
class VerdictCount:
    """How many records of one exercise have one verdict."""

    lab: str
    exercise: str
    verdict: str
    count: int


def lab_scores(store: Store, labs: Sequence[str], students: Collection[str] | None = None) -> list[LabScore]:
    """Scores by student and lab, sorted by student; of some students, or of all."""
    record = tables.records
    query = (
        select(
            record.c.student,
            record.c.lab,
            func.coalesce(func.sum(record.c.points), 0.0),
            func.sum(record.c.max_points),
            func.count() - func.count(record.c.points),  # a record without points was not gradable
        )
        .where(record.c.lab.in_(labs), is_listed(record), *_of(record, students))
        .group_by(record.c.student, record.c.lab)
        .order_by(record.c.student)
    )
    return [LabScore(*row) for row in _rows(store, query)]


def verdict_counts(store: Store, labs: Sequence[str], students: Collection[str] | None = None) -> list[VerdictCount]:
    """Counts by exercise and verdict, sorted by lab and by the exercise's position in it; of some students, or all."""
    record = tables.records
    query = (
        select(record.c.lab, record.c.exercise, record.c.verdict, func.count(), func.min(record.c.position))
        .where(record.c.lab.in_(labs), is_listed(record), *_of(record, students))
        .group_by(record.c.lab, record.c.exercise, record.c.verdict)
    )
    rows = _rows(store, query)
    first: dict[tuple[str, str], int] = {}
    for lab, exercise, _, _, position in rows:
        first[lab, exercise] = min(position, first.get((lab, exercise), position))
    rows = sorted(rows, key=lambda row: (row[0], first[row[0], row[1]]))
    return [VerdictCount(lab, exercise, verdict, count) for lab, exercise, verdict, count, _ in rows]


def not_gradable(
    store: Store, labs: Sequence[str], students: Collection[str] | None = None
) -> list[tuple[str, str, str]]:
    """(student, lab, reason) of what was not gradable in part or as a whole, sorted; of some students, or all."""
    run, record = tables.runs, tables.records
    whole = select(run.c.student, run.c.lab, run.c.problem).where(
        run.c.lab.in_(labs), is_listed(run), run.c.problem.is_not(None), *_of(run, students)
    )
    not_judged = record.c.verdict == str(Verdict.NOT_GRADABLE)
    part = select(record.c.student, record.c.lab, record.c.message).where(
        record.c.lab.in_(labs), is_listed(record), not_judged, *_of(record, students)
    )
    reasons = {(student, lab): reason for student, lab, reason in (*_rows(store, part), *_rows(store, whole))}
    return [(student, lab, reason) for (student, lab), reason in sorted(reasons.items())]


def _of(table: Table, students: Collection[str] | None) -> list[ColumnElement[bool]]:
    """Conditions for rows of some students, or of all."""
    return [] if students is None else [table.c.student.in_(students)]


def _rows(store: Store, query: Select[Any]) -> Sequence[Any]:
    return store.transact(lambda connection: connection.execute(query).all())
