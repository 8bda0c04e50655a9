"""A gradebook's database: opened or made, and transactions that outlast a lock or a lost connection."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from autograder.gradebook.schema import create_schema
from autograder.model.errors import GradebookError

PATIENCE_SECONDS = 60.0
INSERT_ATTEMPTS = 10
OPENING_SECONDS = 5.0  # a wrong address should be reported soon
RETRY_SECONDS = 0.2
BUSY_SECONDS = 5.0  # how long SQLite itself waits for a lock
TRANSIENT_STATES = ("08", "40", "53300", "55P03", "57P")  # connection, rollback, too many clients, lock, shutdown
DAMAGED = ("not a database", "malformed", "disk image")  # parts of SQLite's messages about a damaged file

T = TypeVar("T")


class Database:
    """The gradebook at ``db_url`` (SQLite or PostgreSQL), created if it does not exist.

    Raises:
        GradebookError: it cannot be opened.
    """

    def __init__(self, db_url: str) -> None:
        self.db_url = usable_url(db_url)
        try:
            self.engine = _engine(self.db_url)
            self._retry(self._create_schema, OPENING_SECONDS)
        except (SQLAlchemyError, ImportError, ValueError) as error:  # ValueError: the port is not a number
            raise GradebookError(
                f"The gradebook {self.public_url} cannot be opened: {_reason(error)}. {_advice(error)}"
            ) from error

    def _create_schema(self) -> None:
        with self.engine.begin() as connection:
            create_schema(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.dispose()

    @property
    def public_url(self) -> str:
        """The address without its password."""
        try:
            return make_url(self.db_url).render_as_string(hide_password=True)
        except (ArgumentError, ValueError):
            return "address"

    def transact(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in one transaction; repeat it after a lock, a deadlock or a lost connection.

        Raises:
            GradebookError: the database stayed locked or unreachable, is full, or does not exist any more.
            IntegrityError: another process inserted the same row first.
        """

        def attempt() -> T:
            with self.engine.begin() as connection:
                return work(connection)

        try:
            return self._retry(attempt, PATIENCE_SECONDS)
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise GradebookError(
                f"The gradebook {self.public_url} cannot be used: {_reason(error)}. {_advice(error)}"
            ) from error

    def transact_inserts(self, work: Callable[[Connection], T]) -> T:
        """`transact` for work that inserts rows where it finds none.

        It runs again when another process inserted the same rows in between: then it finds them. Each time, somebody
        else got something done, so a few times suffice for as many graders.

        Raises:
            GradebookError: as `transact`.
        """
        for _ in range(INSERT_ATTEMPTS - 1):
            with suppress(IntegrityError):
                return self.transact(work)
        return self.transact(work)

    def compact(self) -> None:
        """Give free space back, so that an SQLite file keeps nothing of what was deleted; PostgreSQL sees to it itself.

        Raises:
            GradebookError: the database is in use, or the disk is full.
        """
        if self.engine.dialect.name != "sqlite":
            return

        def work() -> None:
            raw = self.engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute("PRAGMA journal_mode = DELETE")  # its pages may hold what was deleted, too
                cursor.execute("VACUUM")
                cursor.close()
            finally:
                raw.close()

        try:
            self._retry(work, PATIENCE_SECONDS)
        except (DBAPIError, sqlite3.Error) as error:
            raise GradebookError(
                f"The gradebook {self.public_url} could not be compacted: {_reason(error)}. {_advice(error)}"
            ) from error

    def _retry(self, work: Callable[[], T], seconds: float) -> T:
        started = time.monotonic()
        while True:
            try:
                return work()
            except DBAPIError as error:
                # Whoever meets a lock has the right address, and another run needs a while to create a gradebook.
                patience = max(seconds, PATIENCE_SECONDS) if _is_locked(error) else seconds
                if not _is_transient(error) or time.monotonic() - started > patience:
                    raise
                time.sleep(RETRY_SECONDS)


def usable_url(db_url: str) -> str:
    """The address, with the installed driver added to ``postgresql://`` and ``postgres://``."""
    scheme, mark, rest = db_url.partition("://")
    return f"postgresql+psycopg://{rest}" if mark and scheme in ("postgresql", "postgres") else db_url


def _engine(db_url: str) -> Engine:
    if not db_url.startswith("sqlite"):
        return create_engine(db_url, pool_pre_ping=True)  # replaces a connection that broke while it was idle
    engine = create_engine(db_url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # pysqlite's own BEGIN comes too late to hold the write lock
        connection.execute("PRAGMA journal_mode = PERSIST")  # no file created and removed for every submission

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _is_locked(error: DBAPIError) -> bool:
    return "locked" in str(error.orig)


def _is_transient(error: DBAPIError) -> bool:
    """Whether waiting may help: a lock, a deadlock, a server that restarts, a connection that broke."""
    if _is_locked(error) or error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", "") or ""
    if state:
        return state.startswith(TRANSIENT_STATES)
    # libpq gives no code for a server that it cannot reach
    return isinstance(error, OperationalError) and "connect" in str(error.orig)


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0].rstrip(".")


def _advice(error: Exception) -> str:
    reason = _reason(error)
    if "locked" in reason:
        what = "Nothing is lost: close the program that holds it, or wait until it has ended, and"
    elif any(message in reason for message in DAMAGED):
        what = "It is damaged, or not a gradebook: put a backup in its place, or name another one (--db), and"
    else:
        address = "--db, or c.CourseDirectory.db_url in nbgrader_config.py"
        what = f"Nothing is lost: fix this, or check its address ({address}), and"
    return f"{what} run the same command again."
