"""How each exercise with tests went: groups of students, share of the points, time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, Float, Select, case, cast, func, select
from sqlalchemy.engine import Connection

from autograder.gradebook import tables
from autograder.gradebook.statistics.values import ExerciseStatistics
from autograder.model.record import Verdict

RECORD = tables.records
GROUPS = ("solved", "partial", "wrong", "unanswered", "not_gradable")


def exercises(connection: Connection, labs: Sequence[str]) -> list[ExerciseStatistics]:
    """One value per exercise, in the labs' order."""
    answers = _answers(labs)
    times = {(row.lab, row.exercise): (row.median, row.p95) for row in connection.execute(_times(answers))}
    result = []
    for row in connection.execute(_groups(answers)):
        groups = {group: getattr(row, group) for group in GROUPS}
        median, p95 = times.get((row.lab, row.exercise), (None, None))
        result.append(
            ExerciseStatistics(
                row.lab,
                row.exercise,
                row.submitted,
                **groups,
                share=row.points / row.decided if row.decided else None,
                median_seconds=median,
                p95_seconds=p95,
                uncatalogued=row.uncatalogued,
                carried=row.carried,
                weak=row.weak,
            )
        )
    return result


def _answers(labs: Sequence[str]) -> CTE:
    """One row per student and exercise: its tests taken together."""

    def every(condition: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.min(case((condition, 1), else_=0))

    def some(condition: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.max(case((condition, 1), else_=0))

    uncatalogued = (RECORD.c.verdict == str(Verdict.FAILED)) & RECORD.c.mistake.is_(None) & (RECORD.c.follows == "")
    undecided = RECORD.c.points.is_(None)
    return (
        select(
            RECORD.c.lab,
            RECORD.c.exercise,
            func.min(RECORD.c.position).label("position"),
            every(RECORD.c.verdict == str(Verdict.PASSED)).label("solved"),
            every(RECORD.c.verdict == str(Verdict.NOT_ANSWERED)).label("unanswered"),
            some(uncatalogued).label("uncatalogued"),
            some(RECORD.c.carried != "").label("carried"),
            some(RECORD.c.weak).label("weak"),
            some(undecided).label("not_gradable"),
            func.coalesce(func.sum(RECORD.c.points), 0.0).label("points"),
            func.sum(case((undecided, 0.0), else_=RECORD.c.max_points)).label("decided"),
            func.sum(RECORD.c.seconds).label("seconds"),
        )
        .where(RECORD.c.lab.in_(labs))
        .group_by(RECORD.c.lab, RECORD.c.exercise, RECORD.c.student)
        .cte("answers")
    )


def _groups(answers: CTE) -> Select[Any]:
    """Size of each group, and sums over the class. A student belongs to the first group that fits."""
    group = case(
        (answers.c.not_gradable == 1, "not_gradable"),
        (answers.c.unanswered == 1, "unanswered"),
        (answers.c.solved == 1, "solved"),
        (answers.c.points > 0, "partial"),
        else_="wrong",
    )
    return (
        select(
            answers.c.lab,
            answers.c.exercise,
            func.count().label("submitted"),
            *(func.sum(case((group == name, 1), else_=0)).label(name) for name in GROUPS),
            cast(func.sum(answers.c.points), Float).label("points"),
            cast(func.sum(answers.c.decided), Float).label("decided"),
            func.sum(answers.c.uncatalogued).label("uncatalogued"),
            func.sum(answers.c.carried).label("carried"),
            func.sum(answers.c.weak).label("weak"),
        )
        .group_by(answers.c.lab, answers.c.exercise)
        .order_by(answers.c.lab, func.min(answers.c.position))
    )


def _times(answers: CTE) -> Select[Any]:
    """Median and 95th percentile of the seconds, over the students who answered.

    SQLite has no percentile function, so both are read off the ranks: the p-th percentile is the value of rank
    ceil(n * p / 100), the smallest value that at least p percent of the n values do not exceed.
    """
    exercise = [answers.c.lab, answers.c.exercise]
    ranked = (
        select(
            *exercise,
            answers.c.seconds,
            func.row_number().over(partition_by=exercise, order_by=answers.c.seconds).label("rank"),
            func.count().over(partition_by=exercise).label("size"),
        )
        .where(answers.c.unanswered == 0)
        .cte("ranked")
    )

    def percentile(percent: int) -> ColumnElement[Any]:
        return func.min(case((ranked.c.rank * 100 >= ranked.c.size * percent, ranked.c.seconds)))

    return select(
        ranked.c.lab, ranked.c.exercise, percentile(50).label("median"), percentile(95).label("p95")
    ).group_by(ranked.c.lab, ranked.c.exercise)
