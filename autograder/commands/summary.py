"""Print a run's results from the gradebook: points by student, verdicts by exercise, what a person must look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import Select, func, select

from autograder.course.config import Course
from autograder.course.submissions import Strays
from autograder.gradebook import tables
from autograder.gradebook.store import Store
from autograder.grading.batch import Tally
from autograder.grading.run import describe_faults
from autograder.model.record import Verdict

MOST_STUDENTS = 60


def print_summary(store: Store, tally: Tally, labs: Iterable[str], course: Course, strays: Strays) -> int:
    """Print the tables; return 0 if every submission was gradable, else 1.

    Names and sentences from files are printed as `Text`, because rich reads brackets in a string as markup.
    """
    console = Console(width=None if Console().is_terminal else 120)
    names = list(labs)
    console.print(_by_student(store, names))
    console.print("Points of the tests; a person grades the written answers. ? means not gradable.", style="dim")
    console.print(_by_exercise(store, names))
    problems = _problems(store, names)
    lines = [
        *(("not gradable", f"{student}, {lab}: {why}") for student, lab, why in problems),
        *(("not gradable", sentence) for sentence in strays.unfit),
        *(("ignored", sentence) for sentence in strays.passed_over),
        *(("seen", f"{student}, {lab}: {what}") for student, lab, what in tally.sightings),
    ]
    for kind, sentence in lines:
        console.print(Text.assemble((kind, "bold"), f": {sentence}"))
    if tally.restored:
        console.print(f"{tally.restored} graded notebooks were missing in this gradebook and entered again.")
    if tally.outdated:
        console.print(
            f"{tally.outdated} unchanged submissions were graded with older tests; --regrade grades them again."
        )
    if tally.elsewhere:
        console.print(f"{tally.elsewhere} submissions are being graded by another run.")
    if faults := describe_faults(course, tally):
        console.print(Text(faults), soft_wrap=True)
    where = f"gradebook: {store.public_url}\ngraded notebooks: {course.autograded}"
    console.print(Text(where), soft_wrap=True)
    return 1 if problems or strays.unfit else 0


def _by_student(store: Store, labs: list[str]) -> Table:
    record = tables.records
    query = (
        select(
            record.c.student,
            record.c.lab,
            func.sum(record.c.points),
            func.sum(record.c.max_points),
            func.count() - func.count(record.c.points),  # a record without points is one that was not gradable
        )
        .where(record.c.lab.in_(labs))
        .group_by(record.c.student, record.c.lab)
        .order_by(record.c.student)
    )
    scores: dict[str, dict[str, str]] = defaultdict(dict)
    for student, lab, points, most, open_tests in _rows(store, query):
        scores[student][lab] = ("? " if open_tests else "") + f"{points or 0:g}/{most:g}"
    more = len(scores) - MOST_STUDENTS
    table = Table(caption=f"and {more} more students, in the gradebook" if more > 0 else None)
    table.add_column("student", overflow="fold")
    for lab in labs:
        table.add_column(Text(lab), justify="right")
    for student in list(scores)[:MOST_STUDENTS]:
        table.add_row(Text(student), *(scores[student].get(lab, "-") for lab in labs))
    return table


def _by_exercise(store: Store, labs: list[str]) -> Table:
    record = tables.records
    query = (
        select(record.c.lab, record.c.exercise, record.c.verdict, func.count(), func.min(record.c.position))
        .where(record.c.lab.in_(labs))
        .group_by(record.c.lab, record.c.exercise, record.c.verdict)
    )
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    order: dict[tuple[str, str], int] = {}
    for lab, exercise, verdict, count, position in _rows(store, query):
        counts[lab, exercise][verdict] = count
        order[lab, exercise] = min(position, order.get((lab, exercise), position))
    verdicts = [
        str(verdict) for verdict in Verdict if any(str(verdict) in by_verdict for by_verdict in counts.values())
    ]
    table = Table()
    for column in ("lab", "exercise"):
        table.add_column(column, overflow="fold")
    for verdict in verdicts:
        table.add_column(verdict, justify="right")
    for lab, exercise in sorted(counts, key=lambda key: (key[0], order[key])):
        table.add_row(Text(lab), Text(exercise), *(str(counts[lab, exercise].get(verdict, "")) for verdict in verdicts))
    return table


def _problems(store: Store, labs: list[str]) -> list[tuple[str, str, str]]:
    """Student, lab and reason of everything that could not be graded."""
    run, record = tables.runs, tables.records
    whole = select(run.c.student, run.c.lab, run.c.problem).where(run.c.lab.in_(labs), run.c.problem.is_not(None))
    part = select(record.c.student, record.c.lab, record.c.message).where(
        record.c.lab.in_(labs), record.c.verdict == str(Verdict.NOT_GRADABLE)
    )
    found = {(student, lab): why for student, lab, why in (*_rows(store, part), *_rows(store, whole))}
    return [(student, lab, why) for (student, lab), why in sorted(found.items())]


def _rows(store: Store, query: Select[Any]) -> Sequence[Any]:
    return store.transact(lambda connection: connection.execute(query).all())
