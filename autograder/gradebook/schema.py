"""Tables of a gradebook: created, and extended when an earlier version made them."""

from __future__ import annotations

from nbgrader import api, dbutil
from sqlalchemy import Table, func, inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateColumn

from autograder.gradebook import tables

CREATION_LOCK = 0x6E623131  # key of an advisory lock that nothing else uses


def create_schema(connection: Connection) -> None:
    """Create what is missing: nbgrader's tables, its version mark, the engine's own tables and their columns."""
    if connection.dialect.name == "postgresql":  # SQLite's transactions exclude each other from the start
        connection.execute(select(func.pg_advisory_xact_lock(CREATION_LOCK)))
    existing = set(inspect(connection).get_table_names())
    api.Base.metadata.create_all(connection)
    tables.metadata.create_all(connection)
    for table in tables.metadata.sorted_tables:
        if table.name in existing:
            _add_columns(connection, table)
    if "alembic_version" not in existing:
        version = text("INSERT INTO alembic_version (version_num) VALUES (:version)")
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(version, {"version": newest_revision()})


def newest_revision() -> str:
    """The version of nbgrader's tables, found as nbgrader does, but in this process: a new one takes a second."""
    from alembic.script import ScriptDirectory  # only a new gradebook needs it

    (newest,) = ScriptDirectory(dbutil.ALEMBIC_DIR).get_heads()
    return newest


def _add_columns(connection: Connection, table: Table) -> None:
    """Add the columns that a table lacks. A column that is not nullable needs a server default for existing rows."""
    existing = {column["name"] for column in inspect(connection).get_columns(table.name)}
    for column in table.columns:
        if column.name not in existing:
            definition = CreateColumn(column).compile(dialect=connection.dialect)
            connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {definition}"))
