"""The only writer of grades: one result per transaction, into nbgrader's tables and the engine's own.

Grades come from records alone. What a person entered (manual scores, comments, extra credit) is never changed.
Every statement finds its rows through a unique index, so saving costs the same at ten thousand submissions.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from nbgrader import api
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook import tables
from autograder.gradebook.cells import CellIds, sync_lab, upsert
from autograder.gradebook.database import Database
from autograder.gradebook.lateness import LatePenalty, granted, penalty, seconds_late
from autograder.gradebook.listed import is_listed
from autograder.gradebook.tables import join_lines
from autograder.model.errors import CourseError
from autograder.model.lab import Lab
from autograder.model.record import Record, Result
from autograder.notebook.parsed_lab import parse_lab


@dataclass(frozen=True)
class Graded:
    """An earlier run as the gradebook has it: digests of the submission and of the lab, and why it failed."""

    submission_digest: str
    lab_digest: str
    problem: str | None


class Store(Database):
    """The gradebook at ``db_url`` (SQLite or PostgreSQL), created if it does not exist.

    Args:
        db_url: address of the database.
        course_id: nbgrader's id of the course.
        late_penalty: the course's rule for late submissions, if it has one.

    Raises:
        GradebookError: it cannot be opened.
    """

    def __init__(self, db_url: str, course_id: str = "", late_penalty: LatePenalty | None = None) -> None:
        super().__init__(db_url)
        self.course_id, self.late_penalty = course_id or "default_course", late_penalty
        self._cells: dict[str, CellIds] = {}

    def add_lab(self, lab: Lab) -> None:
        """Insert assignment, notebook and cells as ``nbgrader generate_assignment`` would, where they are missing.

        Raises:
            CourseError: the lab's notebooks are damaged, or do not belong together.
            GradebookError: the gradebook holds grades for cells which the lab no longer has.
        """
        try:
            parsed = parse_lab(lab)
        except ValueError as error:
            raise CourseError(str(error)) from error
        self._cells[lab.name] = self.transact_inserts(lambda connection: sync_lab(connection, parsed, self.course_id))

    def graded(self, lab: str, student: str | None = None) -> dict[str, Graded]:
        """Student -> what was graded already: of the whole class, or of one student.

        Somebody whom nbgrader removed from its list, and perhaps added again, has nothing graded.

        Raises:
            GradebookError: the gradebook cannot be read.
        """
        run = tables.runs
        query = select(run.c.student, run.c.submission_digest, run.c.lab_digest, run.c.problem).where(
            run.c.lab == lab, is_listed(run)
        )
        if student is not None:
            query = query.where(run.c.student == student)
        rows = self.transact(lambda connection: connection.execute(query).all())
        return {row.student: Graded(row.submission_digest, row.lab_digest, row.problem) for row in rows}

    def save(self, result: Result, timestamp: datetime.datetime | None = None) -> None:
        """Save one result completely or not at all. Saving it twice changes nothing.

        Args:
            result: result of grading; its lab must have been passed to `add_lab`.
            timestamp: time of submission (UTC, no zone), if known.

        Raises:
            GradebookError: the database stayed locked, is full, or does not exist any more.
        """
        self.transact_inserts(lambda connection: self._save(connection, result, timestamp))

    def _save(self, connection: Connection, result: Result, timestamp: datetime.datetime | None) -> None:
        cells = self._cells[result.lab]
        changed = self._save_run(connection, result)
        _ensure(connection, nb.STUDENT, {"id": result.student})
        values = {} if timestamp is None else {"timestamp": timestamp}
        submitted = upsert(
            connection,
            nb.SUBMITTED,
            {"assignment_id": cells.assignment, "student_id": result.student},
            values,
            once={"extension": granted(connection, result.lab, result.student)},
        )
        notebook = upsert(
            connection, nb.SUBMITTED_NOTEBOOK, {"notebook_id": cells.notebook, "assignment_id": submitted}, {}
        )
        scores = _scores(result, cells)
        total = self._save_grades(connection, notebook, cells, scores, changed)
        self._save_comments(connection, notebook, cells, result.answered)
        due = connection.execute(select(nb.ASSIGNMENT.c.duedate).where(nb.ASSIGNMENT.c.id == cells.assignment)).scalar()
        row = connection.execute(select(nb.SUBMITTED).where(nb.SUBMITTED.c.id == submitted)).one()
        late = seconds_late(row.timestamp, due, row.extension)
        connection.execute(
            nb.SUBMITTED_NOTEBOOK.update()
            .where(nb.SUBMITTED_NOTEBOOK.c.id == notebook)
            .values(late_submission_penalty=penalty(self.late_penalty, result.student, total, late))
        )

    def _save_run(self, connection: Connection, result: Result) -> bool:
        """Replace run and records; return whether the submission changed since it was graded last."""
        key = {"lab": result.lab, "student": result.student}
        run, record = tables.runs, tables.records
        same_run = (run.c.lab == result.lab) & (run.c.student == result.student)
        same_records = (record.c.lab == result.lab) & (record.c.student == result.student)
        before = connection.execute(select(run.c.submission_digest).where(same_run)).scalar()
        connection.execute(run.delete().where(same_run))
        connection.execute(record.delete().where(same_records))
        connection.execute(
            run.insert().values(
                **key,
                submission_digest=result.submission_digest,
                lab_digest=result.lab_digest,
                graded_at=datetime.datetime.now(datetime.UTC).replace(tzinfo=None),
                isolation=result.isolation,
                problem=result.problem,
                repairs=join_lines(result.repairs),
                sightings=join_lines(result.sightings),
                seconds=result.seconds,
                cpu_seconds=result.cpu_seconds,
            )
        )
        if result.records:
            rows = [_row(entry, result.student, position) for position, entry in enumerate(result.records)]
            connection.execute(record.insert(), rows)
        return before is not None and before != result.submission_digest

    def _save_grades(
        self,
        connection: Connection,
        notebook: str,
        cells: CellIds,
        scores: Mapping[str, float | None],
        changed: bool,
    ) -> float:
        """Write automatic scores; return the notebook's score, manual ones included."""
        query = select(nb.GRADE).where(
            nb.GRADE.c.notebook_id == notebook, nb.GRADE.c.cell_id.in_(list(cells.grades.values()))
        )
        rows = {row.cell_id: row for row in connection.execute(query)}
        total = 0.0
        for name, cell in cells.grades.items():
            score, row = scores[name], rows.get(cell)
            manual = row.manual_score if row else None
            review = score is None if row is None or manual is None else (changed or row.needs_manual_grade)
            values = {"auto_score": score, "needs_manual_grade": review}
            if row is None:
                connection.execute(
                    nb.GRADE.insert().values(id=api.new_uuid(), cell_id=cell, notebook_id=notebook, **values)
                )
            else:
                connection.execute(nb.GRADE.update().where(nb.GRADE.c.id == row.id).values(**values))
            total += (manual if manual is not None else score or 0.0) + ((row.extra_credit if row else None) or 0.0)
        return total

    def _save_comments(self, connection: Connection, notebook: str, cells: CellIds, answered: Collection[str]) -> None:
        query = select(nb.COMMENT).where(
            nb.COMMENT.c.notebook_id == notebook, nb.COMMENT.c.cell_id.in_(list(cells.solutions.values()))
        )
        ids = {row.cell_id: row.id for row in connection.execute(query)}
        for name, cell in cells.solutions.items():
            values = {"auto_comment": None if name in answered else "No response."}
            if cell in ids:
                connection.execute(nb.COMMENT.update().where(nb.COMMENT.c.id == ids[cell]).values(**values))
            else:
                connection.execute(
                    nb.COMMENT.insert().values(id=api.new_uuid(), cell_id=cell, notebook_id=notebook, **values)
                )


def _scores(result: Result, cells: CellIds) -> dict[str, float | None]:
    """Grade id -> automatic score; ``None`` asks for a person: a missing record, or a written answer."""
    by_test = {record.test: record.points for record in result.records}
    return {
        name: by_test.get(name) if name not in cells.written else None if name in result.answered else 0.0
        for name in cells.grades
    }


def _row(record: Record, student: str, position: int) -> dict[str, Any]:
    lists = {"follows": join_lines(record.follows), "carried": join_lines(record.carried)}
    return {**record.to_dict(), **lists, "student": student, "position": position}


def _ensure(connection: Connection, table: Any, key: dict[str, Any]) -> None:
    if connection.execute(select(func.count()).select_from(table).filter_by(**key)).scalar() == 0:
        connection.execute(table.insert().values(**key))
