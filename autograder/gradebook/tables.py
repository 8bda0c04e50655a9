"""The engine's own tables, in the same database as nbgrader's, so that one transaction covers both.

Lists are stored as text, one item a line. A column added here later needs a server default: `schema` adds it to tables
that an earlier version created.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Boolean, Column, DateTime, Float, Index, Integer, MetaData, String, Table, Text, false

metadata = MetaData()

runs = Table(
    "autograder_run",
    metadata,
    Column("lab", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("submission_digest", String(64), nullable=False),
    Column("lab_digest", String(64), nullable=False),
    Column("graded_at", DateTime, nullable=False),  # UTC
    Column("isolation", String(32), nullable=False),
    Column("problem", Text),
    Column("repairs", Text, nullable=False),  # sentences
    Column("sightings", Text, nullable=False),  # sentences
    Column("seconds", Float, nullable=False),
    Column("cpu_seconds", Float, nullable=False),
)

records = Table(
    "autograder_record",
    metadata,
    Column("lab", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("test", String(128), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("exercise", String(128), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("points", Float),
    Column("max_points", Float, nullable=False),
    Column("message", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("mistake", String(128)),
    Column("follows", Text, nullable=False, server_default=""),  # names
    Column("carried", Text, nullable=False, server_default=""),  # exercises
    Column("weak", Boolean, nullable=False, server_default=false()),  # ran beside the student's code
)

Index("autograder_record_by_exercise", records.c.lab, records.c.exercise)


def join_lines(items: Sequence[str]) -> str:
    """A list as it is stored in a text column."""
    return "\n".join(items)


def split_lines(text: str) -> list[str]:
    """Inverse of `join_lines`."""
    return text.splitlines()
