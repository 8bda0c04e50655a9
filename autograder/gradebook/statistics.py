"""What the gradebook says, in a handful of aggregating queries, the same for SQLite and PostgreSQL.

Nothing is fetched test by test: what reaches Python is one row per student and lab, and one per exercise or mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, and_, case, cast, func, select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook import tables
from autograder.gradebook.statistics_data import Attention, Exercise, Figures, Mistake, Score, Written
from autograder.judge.messages import FOLLOWS
from autograder.model.record import Verdict

RUN, RECORD = tables.runs, tables.records
ANSWER = nb.BASE_CELL.alias("answer")
IS_ANSWER = and_(  # a cell that is both graded and a student's own: a written answer
    ANSWER.c.notebook_id == nb.BASE_CELL.c.notebook_id,
    ANSWER.c.name == nb.BASE_CELL.c.name,
    ANSWER.c.type == "SolutionCell",
)

TROUBLE = {
    Verdict.CRASH: "crashed while it was graded",
    Verdict.TIMEOUT: "did not finish in time",
    Verdict.MEMORY: "used too much memory",
    Verdict.OUTPUT: "printed too much",
    Verdict.NOT_GRADABLE: "not gradable",
}
SIGHTING = "attempt to cheat seen"


def graded_labs(connection: Connection) -> list[str]:
    """Labs of which at least one submission was graded."""
    return list(connection.execute(select(RUN.c.lab).distinct().order_by(RUN.c.lab)).scalars())


def figures_of(connection: Connection, labs: Sequence[str]) -> Figures:
    """Ask for everything about the given labs."""
    scores = _scores(connection, labs)
    exercises = _exercises(connection, labs)
    answered = {(each.lab, each.name): each.answered for each in exercises}
    waiting = {(score.student, score.lab) for score in scores if score.waiting}
    return Figures(
        labs=tuple(labs),
        students=_students(connection, scores),
        scores=scores,
        exercises=exercises,
        written=_written(connection, labs),
        mistakes=[
            Mistake(lab, exercise, name, students, answered[lab, exercise])
            for lab, exercise, name, students in _mistakes(connection, labs)
        ],
        attention=_attention(connection, labs),
        untouched=_untouched(connection, labs, waiting),
        unguarded=connection.execute(
            select(func.count()).where(RUN.c.lab.in_(labs), RUN.c.isolation == "none")
        ).scalar_one(),
    )


def _students(connection: Connection, scores: list[Score]) -> dict[str, str]:
    known = {
        row.id: " ".join(part for part in (row.first_name, row.last_name) if part)
        for row in connection.execute(select(nb.STUDENT.c.id, nb.STUDENT.c.first_name, nb.STUDENT.c.last_name))
    }
    ids = sorted(known.keys() | {score.student for score in scores})
    return {student: known.get(student, "") for student in ids}


def _scores(connection: Connection, labs: Sequence[str]) -> list[Score]:
    score = func.coalesce(nb.GRADE.c.manual_score, nb.GRADE.c.auto_score)
    most = func.coalesce(nb.GRADE_CELL.c.max_score, nb.TASK_CELL.c.max_score, 0.0)
    # What waits for a person: written answers, tasks, and points by hand that need another look.
    # A test that could not be judged is told elsewhere, as not gradable.
    by_hand = ANSWER.c.id.is_not(None) | nb.TASK_CELL.c.id.is_not(None) | nb.GRADE.c.manual_score.is_not(None)
    cells = (
        select(
            nb.GRADE.c.notebook_id,
            func.sum(func.coalesce(score, 0.0) + func.coalesce(nb.GRADE.c.extra_credit, 0.0)).label("points"),
            func.sum(case((score.is_(None), 0.0), else_=most)).label("decided"),
            func.sum(most).label("most"),
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
    query = (
        select(
            nb.SUBMITTED.c.student_id,
            nb.ASSIGNMENT.c.name,
            func.sum(cells.c.points - func.coalesce(nb.SUBMITTED_NOTEBOOK.c.late_submission_penalty, 0.0)),
            func.sum(cells.c.decided),
            func.sum(cells.c.most),
            func.sum(cells.c.waiting),
            nb.SUBMITTED.c.timestamp,
            nb.SUBMITTED.c.extension,
            nb.ASSIGNMENT.c.duedate,
            RUN.c.problem,
        )
        .select_from(
            nb.SUBMITTED.join(nb.ASSIGNMENT, nb.ASSIGNMENT.c.id == nb.SUBMITTED.c.assignment_id)
            .join(nb.SUBMITTED_NOTEBOOK, nb.SUBMITTED_NOTEBOOK.c.assignment_id == nb.SUBMITTED.c.id)
            .join(cells, cells.c.notebook_id == nb.SUBMITTED_NOTEBOOK.c.id)
            .join(RUN, and_(RUN.c.lab == nb.ASSIGNMENT.c.name, RUN.c.student == nb.SUBMITTED.c.student_id))
        )
        .where(nb.ASSIGNMENT.c.name.in_(labs))
        .group_by(nb.SUBMITTED.c.id, nb.ASSIGNMENT.c.id, RUN.c.lab, RUN.c.student)
        .order_by(nb.ASSIGNMENT.c.name, nb.SUBMITTED.c.student_id)
    )
    found = []
    for row in connection.execute(query):
        student, lab, points, decided, most_points, waiting, handed_in, extension, due, problem = row
        late = bool(handed_in and due and handed_in > (due + extension if extension else due))
        if problem:  # nothing could be read, so nothing is decided
            points = decided = 0.0
        found.append(Score(student, lab, max(points, 0.0), decided, most_points, int(waiting), late))
    return found


def _exercises(connection: Connection, labs: Sequence[str]) -> list[Exercise]:
    passed = case((RECORD.c.verdict == str(Verdict.PASSED), 1), else_=0)
    silent = case((RECORD.c.verdict == str(Verdict.NOT_ANSWERED), 1), else_=0)
    unknown = (RECORD.c.verdict == str(Verdict.FAILED)) & RECORD.c.mistake.is_(None)
    unknown &= RECORD.c.message.not_like(f"%{FOLLOWS}%")
    one = (
        select(
            RECORD.c.lab,
            RECORD.c.exercise,
            func.min(RECORD.c.position).label("position"),
            func.min(passed).label("solved"),
            func.min(silent).label("untouched"),
            func.max(case((unknown, 1), else_=0)).label("uncatalogued"),
            func.max(case((RECORD.c.points.is_(None), 1), else_=0)).label("unclear"),
            func.coalesce(func.sum(RECORD.c.points), 0.0).label("points"),
            func.sum(case((RECORD.c.points.is_(None), 0.0), else_=RECORD.c.max_points)).label("decided"),
            func.sum(RECORD.c.seconds).label("seconds"),
        )
        .where(RECORD.c.lab.in_(labs))
        .group_by(RECORD.c.lab, RECORD.c.exercise, RECORD.c.student)
        .cte("one")
    )
    # Every student is in one of five groups: the first of these that fits.
    group = case(
        (one.c.unclear == 1, "unclear"),
        (one.c.untouched == 1, "untouched"),
        (one.c.solved == 1, "solved"),
        (one.c.points > 0, "partly"),
        else_="wrong",
    )

    def members(name: str) -> ColumnElement[Any]:
        return func.sum(case((group == name, 1), else_=0))

    query = (
        select(
            one.c.lab,
            one.c.exercise,
            func.count(),
            *(members(name) for name in ("solved", "partly", "wrong", "untouched", "unclear")),
            cast(func.sum(one.c.points), Float),
            cast(func.sum(one.c.decided), Float),
            func.sum(one.c.uncatalogued),
        )
        .group_by(one.c.lab, one.c.exercise)
        .order_by(one.c.lab, func.min(one.c.position))
    )
    ranked = (
        select(
            one.c.lab,
            one.c.exercise,
            one.c.seconds,
            func.row_number().over(partition_by=[one.c.lab, one.c.exercise], order_by=one.c.seconds).label("rank"),
            func.count().over(partition_by=[one.c.lab, one.c.exercise]).label("size"),
        )
        .where(one.c.untouched == 0)
        .cte("ranked")
    )

    def quantile(percent: int) -> ColumnElement[Any]:
        # the smallest value that at least so many percent do not exceed: rank = ceil(size * percent / 100)
        return func.min(case((ranked.c.rank * 100 >= ranked.c.size * percent, ranked.c.seconds)))

    times = {
        (lab, exercise): (median, slow)
        for lab, exercise, median, slow in connection.execute(
            select(ranked.c.lab, ranked.c.exercise, quantile(50), quantile(95)).group_by(
                ranked.c.lab, ranked.c.exercise
            )
        )
    }
    found = []
    for (
        lab,
        name,
        handed,
        solved,
        partly,
        wrong,
        untouched,
        unclear,
        points,
        decided,
        unknown_ones,
    ) in connection.execute(query):
        share = points / decided if decided else None
        median, slow = times.get((lab, name), (None, None))
        counts = (handed, solved, partly, wrong, untouched, unclear)
        found.append(Exercise(lab, name, *counts, share, median, slow, unknown_ones))
    return found


def _written(connection: Connection, labs: Sequence[str]) -> list[Written]:
    by_hand = nb.GRADE.c.manual_score
    query = (
        select(
            nb.ASSIGNMENT.c.name,
            nb.BASE_CELL.c.name,
            func.count(),
            func.sum(
                case((by_hand.is_(None) & nb.GRADE.c.auto_score.is_not(None), 1), else_=0)
            ),  # a stub gets 0 points
            func.sum(cast(nb.GRADE.c.needs_manual_grade, Integer)),
            cast(func.sum(by_hand), Float),
            func.sum(case((by_hand.is_not(None), nb.GRADE_CELL.c.max_score), else_=0.0)),
        )
        .select_from(
            nb.GRADE.join(nb.BASE_CELL, nb.BASE_CELL.c.id == nb.GRADE.c.cell_id)
            .join(nb.GRADE_CELL, nb.GRADE_CELL.c.id == nb.BASE_CELL.c.id)
            .join(ANSWER, IS_ANSWER)
            .join(nb.SUBMITTED_NOTEBOOK, nb.SUBMITTED_NOTEBOOK.c.id == nb.GRADE.c.notebook_id)
            .join(nb.SUBMITTED, nb.SUBMITTED.c.id == nb.SUBMITTED_NOTEBOOK.c.assignment_id)
            .join(nb.ASSIGNMENT, nb.ASSIGNMENT.c.id == nb.SUBMITTED.c.assignment_id)
        )
        .where(nb.ASSIGNMENT.c.name.in_(labs))
        .group_by(nb.ASSIGNMENT.c.name, nb.BASE_CELL.c.name)
        .order_by(nb.ASSIGNMENT.c.name, nb.BASE_CELL.c.name)
    )
    return [
        Written(lab, name, handed, int(untouched), int(waiting), points / decided if decided else None)
        for lab, name, handed, untouched, waiting, points, decided in connection.execute(query)
    ]


def _mistakes(connection: Connection, labs: Sequence[str]) -> Sequence[Any]:
    students = func.count(RECORD.c.student.distinct())
    return connection.execute(
        select(RECORD.c.lab, RECORD.c.exercise, RECORD.c.mistake, students)
        .where(RECORD.c.lab.in_(labs), RECORD.c.mistake.is_not(None))
        .group_by(RECORD.c.lab, RECORD.c.exercise, RECORD.c.mistake)
        .order_by(RECORD.c.lab, students.desc(), RECORD.c.exercise, RECORD.c.mistake)
    ).all()


def _attention(connection: Connection, labs: Sequence[str]) -> list[Attention]:
    """Whole submissions first, then single tests; a broken file is told once, not once a test."""
    found = []
    broken = set()
    query = select(RUN.c.student, RUN.c.lab, RUN.c.problem, RUN.c.sightings).where(
        RUN.c.lab.in_(labs), RUN.c.problem.is_not(None) | (RUN.c.sightings != "")
    )
    for student, lab, problem, sightings in connection.execute(query):
        if problem:
            broken.add((student, lab))
            found.append(Attention(student, lab, TROUBLE[Verdict.NOT_GRADABLE], problem))
        found += [Attention(student, lab, SIGHTING, each) for each in sightings.splitlines()]
    tests = (
        select(RECORD.c.student, RECORD.c.lab, RECORD.c.exercise, RECORD.c.verdict, func.min(RECORD.c.message))
        .where(RECORD.c.lab.in_(labs), RECORD.c.verdict.in_([str(verdict) for verdict in TROUBLE]))
        .group_by(RECORD.c.student, RECORD.c.lab, RECORD.c.exercise, RECORD.c.verdict)
    )
    found += [
        Attention(student, lab, TROUBLE[Verdict(verdict)], f"{exercise}: {message}")
        for student, lab, exercise, verdict, message in connection.execute(tests)
        if (student, lab) not in broken
    ]
    return sorted(found, key=lambda each: (each.lab, each.kind, each.student, each.what))


def _untouched(connection: Connection, labs: Sequence[str], wrote: set[tuple[str, str]]) -> dict[str, list[str]]:
    silent = case((RECORD.c.verdict == str(Verdict.NOT_ANSWERED), 1), else_=0)
    query = (
        select(RECORD.c.lab, RECORD.c.student)
        .where(RECORD.c.lab.in_(labs))
        .group_by(RECORD.c.lab, RECORD.c.student)
        .having(func.min(silent) == 1)
        .order_by(RECORD.c.lab, RECORD.c.student)
    )
    found: dict[str, list[str]] = {lab: [] for lab in labs}
    for lab, student in connection.execute(query):
        if (student, lab) not in wrote:
            found[lab].append(student)
    return found
