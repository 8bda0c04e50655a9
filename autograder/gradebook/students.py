"""nbgrader's list of students."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook.database import Database

NAMES = ("first_name", "last_name")


@dataclass(frozen=True)
class Student:
    """One student as the gradebook lists them.

    Attributes:
        id: id in the course, which is also the name of the student's folder.
        first: first name, "" if unknown.
        last: last name, "" if unknown.
        email: e-mail address, "" if unknown.
        lms_id: id of the account in the LMS, "" if unknown.
    """

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms_id: str = ""


def read_students(database: Database) -> list[Student]:
    """Every student of the gradebook, in order of last name.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    return database.transact(lambda connection: list(_read(connection).values()))


def enter_students(database: Database, students: Sequence[Student], guessed: Set[str] = frozenset()) -> None:
    """Insert students, and update what is known of those who are listed; an empty field erases nothing.

    Args:
        database: the gradebook.
        students: what is known of them.
        guessed: ids of those whose first and last name were guessed from a full name: such names never replace any.

    Raises:
        GradebookError: the gradebook cannot be written.
    """
    database.transact_inserts(lambda connection: _enter(connection, students, guessed))


def _read(connection: Connection) -> dict[str, Student]:
    query = select(nb.STUDENT).order_by(nb.STUDENT.c.last_name, nb.STUDENT.c.id)
    return {
        row.id: Student(row.id, row.first_name or "", row.last_name or "", row.email or "", row.lms_user_id or "")
        for row in connection.execute(query)
    }


def _enter(connection: Connection, students: Sequence[Student], guessed: Set[str]) -> None:
    listed = {student: _columns(fields) for student, fields in _read(connection).items()}
    for student in students:
        columns = _columns(student)
        if student.id not in listed:
            connection.execute(nb.STUDENT.insert().values(id=student.id, **columns))
            continue
        known = listed[student.id]
        if student.id in guessed and any(known[name] for name in NAMES):
            columns = {name: value for name, value in columns.items() if name not in NAMES}
        new = {name: value for name, value in columns.items() if value and value != known[name]}
        if new:
            connection.execute(nb.STUDENT.update().where(nb.STUDENT.c.id == student.id).values(**new))


def _columns(student: Student) -> dict[str, str]:
    return {
        "first_name": student.first,
        "last_name": student.last,
        "email": student.email,
        "lms_user_id": student.lms_id,
    }
