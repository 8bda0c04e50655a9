"""What a person should look at: events during grading, and submissions without an answer."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection

from autograder.gradebook import tables
from autograder.gradebook.listed import is_listed
from autograder.gradebook.overrides import overrides
from autograder.gradebook.statistics.values import Attention
from autograder.gradebook.tables import split_lines
from autograder.model.record import Verdict

RUN, RECORD = tables.runs, tables.records

KINDS = {
    Verdict.CRASH: "crashed while it was graded",
    Verdict.TIMEOUT: "did not finish in time",
    Verdict.MEMORY: "used too much memory",
    Verdict.OUTPUT: "printed too much",
    Verdict.NOT_GRADABLE: "not gradable",
}
SEEN = "seen while running"
OVERRIDDEN = "points by a person, below a test that passes now"


def attention(connection: Connection, labs: Sequence[str]) -> list[Attention]:
    """Events by lab, kind and student. A submission that could not be read is one event, not one per test."""
    events, unreadable = _submissions(connection, labs)
    events += [event for event in _tests(connection, labs) if (event.student, event.lab) not in unreadable]
    events += [Attention(each.student, each.lab, OVERRIDDEN, each.sentence) for each in overrides(connection, labs)]
    return sorted(events, key=lambda event: (event.lab, event.kind, event.student, event.what))


def unanswered(connection: Connection, labs: Sequence[str], waiting: set[tuple[str, str]]) -> dict[str, list[str]]:
    """Lab -> students who submitted it without a single answer.

    Args:
        waiting: (student, lab) with a written answer that a person has to grade.
    """
    no_answer = case((RECORD.c.verdict == str(Verdict.NOT_ANSWERED), 1), else_=0)
    query = (
        select(RECORD.c.lab, RECORD.c.student)
        .where(RECORD.c.lab.in_(labs), is_listed(RECORD))
        .group_by(RECORD.c.lab, RECORD.c.student)
        .having(func.min(no_answer) == 1)
        .order_by(RECORD.c.lab, RECORD.c.student)
    )
    students: dict[str, list[str]] = {lab: [] for lab in labs}
    for lab, student in connection.execute(query):
        if (student, lab) not in waiting:
            students[lab].append(student)
    return students


def _submissions(connection: Connection, labs: Sequence[str]) -> tuple[list[Attention], set[tuple[str, str]]]:
    """Events of whole submissions, and the (student, lab) of those that could not be read."""
    events, unreadable = [], set()
    query = select(RUN.c.student, RUN.c.lab, RUN.c.problem, RUN.c.sightings).where(
        RUN.c.lab.in_(labs), is_listed(RUN), RUN.c.problem.is_not(None) | (RUN.c.sightings != "")
    )
    for student, lab, problem, sightings in connection.execute(query):
        if problem:
            unreadable.add((student, lab))
            events.append(Attention(student, lab, KINDS[Verdict.NOT_GRADABLE], problem))
        events += [Attention(student, lab, SEEN, sentence) for sentence in split_lines(sightings)]
    return events, unreadable


def _tests(connection: Connection, labs: Sequence[str]) -> list[Attention]:
    """Events of single tests, at most one per exercise and verdict."""
    query = (
        select(RECORD.c.student, RECORD.c.lab, RECORD.c.exercise, RECORD.c.verdict, func.min(RECORD.c.message))
        .where(
            RECORD.c.lab.in_(labs),
            is_listed(RECORD),
            RECORD.c.verdict.in_([str(verdict) for verdict in KINDS]),
        )
        .group_by(RECORD.c.student, RECORD.c.lab, RECORD.c.exercise, RECORD.c.verdict)
    )
    return [
        Attention(student, lab, KINDS[Verdict(verdict)], f"{exercise}: {message}")
        for student, lab, exercise, verdict, message in connection.execute(query)
    ]
