"""The one writer: a result into nbgrader's gradebook and the engine's own tables, one transaction each.

Grades come from records alone. What a person entered (manual scores, comments, extra credit) is never touched.
Every statement finds its rows through a unique index, so saving costs the same at ten thousand submissions.
"""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, TypeVar

from nbgrader import api
from sqlalchemy import create_engine, event, func, inspect, select, text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook import tables
from autograder.gradebook.alembic_path import put_scripts_on_path
from autograder.gradebook.cells import CellIds, sync_lab, upsert
from autograder.model.errors import GradebookError
from autograder.model.lab import Lab
from autograder.model.record import Result
from autograder.repair.stray_text import has_unplaced_words

PATIENCE_SECONDS = 60.0
OPENING_SECONDS = 5.0  # an address that is wrong should be told soon
AGAIN_SECONDS = 0.2
BUSY_SECONDS = 5.0  # what SQLite itself waits for a lock
PASSING_STATES = ("08", "40", "53300", "55P03", "57P")  # connection, rollback, too many clients, lock, shut down
DAMAGED = ("not a database", "malformed", "disk image")  # what SQLite says of a file that is none of its own
CREATION_LOCK = 0x6E623131  # any number that nobody else locks


LatePenalty = Callable[[str, float, float], float | None]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Graded:
    """What the gradebook knows of an earlier run: digests of the submission and of the lab it was graded with."""

    submission_digest: str
    lab_digest: str
    problem: str | None


class Store:
    """The gradebook at ``db_url`` (SQLite or PostgreSQL), made if it does not exist."""

    def __init__(self, db_url: str, course_id: str = "", late_penalty: LatePenalty | None = None) -> None:
        put_scripts_on_path()
        self.late_penalty = late_penalty
        self._cells: dict[str, CellIds] = {}
        self.db_url, self.course_id = usable_url(db_url), course_id or "default_course"
        try:
            self.engine = _engine(self.db_url)
            self._patiently(self._create, OPENING_SECONDS)
        except (SQLAlchemyError, ImportError, ValueError) as error:  # ValueError: a port that is no number
            raise GradebookError(
                f"The gradebook {_public(db_url)} cannot be opened: {_reason(error)}. {_advice(error)}"
            ) from error

    def _create(self) -> None:
        """Make what is missing of nbgrader's tables, its version mark, and our own tables."""
        with self.engine.begin() as connection:
            if self.engine.dialect.name == "postgresql":  # SQLite's transactions are alone from the beginning
                connection.execute(select(func.pg_advisory_xact_lock(CREATION_LOCK)))
            there = set(inspect(connection).get_table_names())
            api.Base.metadata.create_all(connection)
            tables.metadata.create_all(connection)
            if "alembic_version" not in there:
                version = text("INSERT INTO alembic_version (version_num) VALUES (:version)")
                connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
                connection.execute(version, {"version": api.get_alembic_version()})

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.dispose()

    @property
    def public_url(self) -> str:
        """The address without a password."""
        return _public(self.db_url)

    def add_lab(self, lab: Lab) -> None:
        """Make assignment, notebook and cells as ``nbgrader generate_assignment`` would, where they are missing.

        Raises:
            GradebookError: the gradebook holds grades for cells which the lab no longer has.
        """
        try:
            self._cells[lab.name] = self._again_if_taken(lambda connection: sync_lab(connection, lab, self.course_id))
        except ValueError as error:
            raise GradebookError(str(error)) from error

    def graded(self, lab: str, student: str | None = None) -> dict[str, Graded]:
        """What was graded already, by student: the whole class, or one."""
        run = tables.runs
        query = select(run.c.student, run.c.submission_digest, run.c.lab_digest, run.c.problem).where(run.c.lab == lab)
        if student is not None:
            query = query.where(run.c.student == student)
        rows = self.transact(lambda connection: connection.execute(query).all())
        return {student: Graded(submission, lab_digest, problem) for student, submission, lab_digest, problem in rows}

    def save(self, result: Result, timestamp: datetime.datetime | None = None) -> None:
        """Save one result whole, or not at all. Saving it twice changes nothing.

        Args:
            result: what grading made; its lab must have been given to `add_lab`.
            timestamp: when it was handed in (UTC, no zone), if known.

        Raises:
            GradebookError: the database stayed locked, is full, or is gone.
        """
        self._again_if_taken(lambda connection: self._save(connection, result, timestamp))

    def _save(self, connection: Connection, result: Result, timestamp: datetime.datetime | None) -> None:
        cells = self._cells[result.lab]
        changed = self._save_run(connection, result)
        _ensure(connection, nb.STUDENT, {"id": result.student})
        values = {} if timestamp is None else {"timestamp": timestamp}
        submitted = upsert(
            connection, nb.SUBMITTED, {"assignment_id": cells.assignment, "student_id": result.student}, values
        )
        notebook = upsert(
            connection, nb.SUBMITTED_NOTEBOOK, {"notebook_id": cells.notebook, "assignment_id": submitted}, {}
        )
        scores = {record.test: record.points for record in result.records}
        answered = _answered(result, cells)
        total = self._save_grades(connection, notebook, cells, scores, answered, changed)
        self._save_comments(connection, notebook, cells, answered)
        penalty = self._penalty(connection, result.student, cells, submitted, total)
        connection.execute(
            nb.SUBMITTED_NOTEBOOK.update()
            .where(nb.SUBMITTED_NOTEBOOK.c.id == notebook)
            .values(late_submission_penalty=penalty)
        )

    def _save_run(self, connection: Connection, result: Result) -> bool:
        """Replace run and records; tell whether the submission changed since it was graded last."""
        key = {"lab": result.lab, "student": result.student}
        run, record = tables.runs, tables.records
        here = (run.c.lab == result.lab) & (run.c.student == result.student)
        before = connection.execute(select(run.c.submission_digest).where(here)).scalar()
        connection.execute(run.delete().where(here))
        connection.execute(record.delete().where((record.c.lab == result.lab) & (record.c.student == result.student)))
        connection.execute(
            run.insert().values(
                **key,
                submission_digest=result.submission_digest,
                lab_digest=result.lab_digest,
                graded_at=datetime.datetime.now(datetime.UTC).replace(tzinfo=None),
                isolation=result.isolation,
                problem=result.problem,
                repairs="\n".join(result.repairs),
                sightings="\n".join(result.sightings),
                seconds=result.seconds,
                cpu_seconds=result.cpu_seconds,
            )
        )
        if result.records:
            connection.execute(
                record.insert(),
                [
                    {**each.to_dict(), "student": result.student, "position": position}
                    for position, each in enumerate(result.records)
                ],
            )
        return before is not None and before != result.submission_digest

    def _save_grades(
        self,
        connection: Connection,
        notebook: str,
        cells: CellIds,
        scores: dict[str, float | None],
        answered: set[str],
        changed: bool,
    ) -> float:
        """Write automatic scores; return the notebook's score, manual ones included."""
        there = {
            row.cell_id: row
            for row in connection.execute(
                select(nb.GRADE).where(
                    nb.GRADE.c.notebook_id == notebook, nb.GRADE.c.cell_id.in_(list(cells.grades.values()))
                )
            )
        }
        total = 0.0
        for name, cell in cells.grades.items():
            # No record: None, which asks for a person.
            score = scores.get(name) if name not in cells.written else None if name in answered else 0.0
            row = there.get(cell)
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

    def _save_comments(self, connection: Connection, notebook: str, cells: CellIds, answered: set[str]) -> None:
        there = {
            row.cell_id: row.id
            for row in connection.execute(
                select(nb.COMMENT).where(
                    nb.COMMENT.c.notebook_id == notebook, nb.COMMENT.c.cell_id.in_(list(cells.solutions.values()))
                )
            )
        }
        for name, cell in cells.solutions.items():
            values = {"auto_comment": None if name in answered else "No response."}
            if cell in there:
                connection.execute(nb.COMMENT.update().where(nb.COMMENT.c.id == there[cell]).values(**values))
            else:
                connection.execute(
                    nb.COMMENT.insert().values(id=api.new_uuid(), cell_id=cell, notebook_id=notebook, **values)
                )

    def _penalty(
        self, connection: Connection, student: str, cells: CellIds, submitted: str, score: float
    ) -> float | None:
        """The late penalty by the configured nbgrader plug-in, between 0 and the score; ``None`` when in time."""
        if self.late_penalty is None:
            return None
        due = connection.execute(select(nb.ASSIGNMENT.c.duedate).where(nb.ASSIGNMENT.c.id == cells.assignment)).scalar()
        row = connection.execute(select(nb.SUBMITTED).where(nb.SUBMITTED.c.id == submitted)).one()
        if due is None or row.timestamp is None:
            return None
        late = (row.timestamp - due - (row.extension or datetime.timedelta())).total_seconds()
        penalty = self.late_penalty(student, score, late) if late > 0 else None
        return None if penalty is None else min(max(penalty, 0.0), score)

    def transact(self, work: Callable[[Connection], Answer]) -> Answer:
        """Run ``work`` in one transaction, again when somebody else held a lock or the connection was lost.

        Raises:
            GradebookError: the database stayed locked or away, is full, or is gone.
        """

        def once() -> Answer:
            with self.engine.begin() as connection:
                return work(connection)

        try:
            return self._patiently(once, PATIENCE_SECONDS)
        except DBAPIError as error:
            if isinstance(error, IntegrityError):
                raise
            raise GradebookError(
                f"The gradebook {_public(self.db_url)} cannot be used: {_reason(error)}. {_advice(error)}"
            ) from error

    def _again_if_taken(self, work: Callable[[Connection], Answer]) -> Answer:
        """`transact`, once more when another grader made the same rows between our look and our insert."""
        try:
            return self.transact(work)
        except IntegrityError:
            return self.transact(work)

    def _patiently(self, work: Callable[[], Answer], seconds: float) -> Answer:
        deadline = time.monotonic() + seconds
        while True:
            try:
                return work()
            except DBAPIError as error:
                if not _passes(error) or time.monotonic() > deadline:
                    raise
                time.sleep(AGAIN_SECONDS)


def _passes(error: DBAPIError) -> bool:
    """Whether waiting may help: a lock, a deadlock, a server that starts again, a connection that broke."""
    if "locked" in str(error.orig) or error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", "") or ""
    if state:
        return state.startswith(PASSING_STATES)
    # libpq has no code for a server that it cannot reach
    return isinstance(error, OperationalError) and "connect" in str(error.orig)


def usable_url(db_url: str) -> str:
    """The address with the driver that this package installs, where it names none: ``postgresql://``."""
    scheme, mark, rest = db_url.partition("://")
    return f"postgresql+psycopg://{rest}" if mark and scheme in ("postgresql", "postgres") else db_url


def _engine(db_url: str) -> Engine:
    if not db_url.startswith("sqlite"):
        return create_engine(db_url, pool_pre_ping=True)  # a connection that broke while it was idle is made anew
    engine = create_engine(db_url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # pysqlite's own BEGIN comes too late to hold the write lock
        connection.execute("PRAGMA journal_mode = PERSIST")  # no file made and removed for every submission

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _ensure(connection: Connection, table: Any, key: dict[str, Any]) -> None:
    if connection.execute(select(func.count()).select_from(table).filter_by(**key)).scalar() == 0:
        connection.execute(table.insert().values(**key))


def _answered(result: Result, cells: CellIds) -> set[str]:
    """Grade ids of the answer cells whose text is not the release's any more; all while nobody could read them.

    A written answer may also stand elsewhere: all count as answered while there are words of the student's own.
    """
    if result.problem:
        return set(cells.solutions)
    notebook = json.loads(result.notebook)
    found = set(cells.written) if has_unplaced_words(notebook) else set()  # a person must say what they answer
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in cells.solutions and "".join(cell["source"]).strip() != cells.stubs[name].strip():
            found.add(name)
    return found


def _public(db_url: str) -> str:
    """The address without a password."""
    try:
        return make_url(db_url).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return "address"


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0].rstrip(".")


def _advice(error: Exception) -> str:
    reason = _reason(error)
    if "locked" in reason:
        what = "Nothing is lost: close the program that holds it, or wait until it has ended, and"
    elif any(sign in reason for sign in DAMAGED):
        what = "It is damaged, or no gradebook: put a copy of yours in its place, or name another one (--db), and"
    else:
        address = "--db, or c.CourseDirectory.db_url in nbgrader_config.py"
        what = f"Nothing is lost: mend it, or check its address ({address}), and"
    return f"{what} run the same command again."


def sentences(text: str) -> Iterable[str]:
    """Inverse of how lists of sentences are kept in the tables."""
    return text.splitlines()
