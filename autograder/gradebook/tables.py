"""The engine's own tables, beside nbgrader's in the same gradebook, so that one transaction covers both."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Float, Index, Integer, MetaData, String, Table, Text

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
    Column("repairs", Text, nullable=False),  # one sentence a line
    Column("sightings", Text, nullable=False),  # one sentence a line
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
)

Index("autograder_record_by_exercise", records.c.lab, records.c.exercise)
