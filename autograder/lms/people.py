"""Who is who: rows of an LMS's list of students, and the names of the folders that their work lies in.

A student's id is the name of a folder, so it is made safe once, and kept: who is in the gradebook already (the same
id in the LMS, or the same e-mail address) keeps the id that is there, whichever list is read.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from autograder.files.zips import DEVICE_NAME
from autograder.gradebook import nbgrader_tables as nb
from autograder.gradebook.store import Store
from autograder.model.errors import LmsError

MAX_ID_CHARACTERS = 64


@dataclass(frozen=True)
class Person:
    """One row of a list of students.

    Attributes:
        student: id in the course: the name of the student's folder.
        account: what the id is made of: login, id number or e-mail address, as the LMS has it.
        name: full name as the LMS shows it.
        first: first name, may be empty.
        last: last name, may be empty.
        email: e-mail address, may be empty.
        lms_id: the LMS's own number or id of the account, may be empty.
        keys: how a downloaded hand-in may speak of this student, e.g. ``participant:1234567`` or ``name:adalovelace``.
        handed_in: when, in UTC without a zone, if the list tells.
        row: position in the list.
    """

    student: str
    account: str
    name: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms_id: str = ""
    keys: frozenset[str] = frozenset()
    handed_in: datetime.datetime | None = None
    row: int = 0


def name_key(*names: str) -> str:
    """Names without what an LMS drops from file names: only letters and digits, upper and lower case the same."""
    text = unicodedata.normalize("NFKC", "".join(names)).casefold()
    return "name:" + "".join(character for character in text if character.isalnum())


def safe_id(account: str) -> str:
    """A folder name for an account: the same on every system, and different for different accounts."""
    text = unicodedata.normalize("NFC", account.strip())
    safe = re.sub(r"[^\w.@-]", "_", text).lstrip(".-").rstrip(".")[:MAX_ID_CHARACTERS]
    if safe and safe == text and not DEVICE_NAME.fullmatch(safe):
        return safe
    return f"{safe or 'student'}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"


def recognise(people: Iterable[Person], store: Store) -> list[Person]:
    """Give each row the id under which the gradebook knows the student, or else a new safe one.

    Raises:
        LmsError: two rows would be one student.
        GradebookError: the gradebook cannot be read.
    """
    query = select(nb.STUDENT.c.id, nb.STUDENT.c.email, nb.STUDENT.c.lms_user_id)
    known = store.transact(lambda connection: connection.execute(query).all())
    by_lms = {lms_id: student for student, _, lms_id in known if lms_id}
    by_email = {email.casefold(): student for student, email, _ in known if email}
    found = []
    for person in people:
        student = by_lms.get(person.lms_id) or by_email.get(person.email.casefold()) or safe_id(person.account)
        found.append(replace(person, student=student))
    _all_different(found)
    return found


def read_students(store: Store) -> list[Person]:
    """Everybody whom the gradebook knows, in order of name.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    query = select(nb.STUDENT).order_by(nb.STUDENT.c.last_name, nb.STUDENT.c.id)
    rows = store.transact(lambda connection: connection.execute(query).all())
    return [
        Person(
            student=row.id,
            account=row.id,
            name=" ".join(filter(None, (row.first_name, row.last_name))) or row.id,
            first=row.first_name or "",
            last=row.last_name or "",
            email=row.email or "",
            lms_id=row.lms_user_id or "",
            row=position,
        )
        for position, row in enumerate(rows)
    ]


def remember(people: Iterable[Person], store: Store) -> None:
    """Enter names, addresses and the LMS's ids into the gradebook's list of students.

    Raises:
        GradebookError: the gradebook cannot be written.
    """
    entered = list(people)
    try:
        store.transact(lambda connection: _enter(connection, entered))
    except IntegrityError:  # grading made the same rows between our look and our insert
        store.transact(lambda connection: _enter(connection, entered))


def _enter(connection: Connection, people: Iterable[Person]) -> None:
    there = {row.id: row for row in connection.execute(select(nb.STUDENT))}
    for person in people:
        values = {
            "first_name": person.first,
            "last_name": person.last,
            "email": person.email,
            "lms_user_id": person.lms_id,
        }
        row = there.get(person.student)
        if row is None:
            connection.execute(nb.STUDENT.insert().values(id=person.student, **values))
            continue
        new = {name: value for name, value in values.items() if value and value != getattr(row, name)}
        if new:
            connection.execute(nb.STUDENT.update().where(nb.STUDENT.c.id == person.student).values(**new))


def by_key(people: Iterable[Person]) -> dict[str, list[Person]]:
    """Key -> everybody whom it may mean."""
    found: dict[str, list[Person]] = {}
    for person in people:
        for key in person.keys:
            found.setdefault(key, []).append(person)
    return found


def _all_different(people: list[Person]) -> None:
    counts = Counter(person.student.casefold() for person in people)
    for person in people:
        if counts[person.student.casefold()] > 1:
            same = [other.name for other in people if other.student.casefold() == person.student.casefold()]
            raise LmsError(
                f"The list of students gives {' and '.join(same)} the same id, {person.student}: remove the row that "
                "is there twice, or name another column for the ids (--id-column)."
            )
