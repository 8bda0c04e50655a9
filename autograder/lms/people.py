"""Matching the rows of an LMS's list of students to the students of the gradebook.

A student's id is also a folder name, so it is made safe once and then kept: a student whom the gradebook knows (by the
id in the LMS, or by e-mail address) keeps the id that it has, whichever list is read.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from autograder.files.zips import DEVICE_NAME
from autograder.gradebook.database import Database
from autograder.gradebook.students import Student, enter_students, read_students
from autograder.lms.table import Table
from autograder.model.errors import LmsError

MAX_ID_CHARACTERS = 64
READ_AS = ("cp437", "cp850", "cp1252")
WRITTEN_AS = ("utf-8", "cp437", "cp850", "cp852", "cp866", "cp1250", "cp1251", "cp1252")
"""Encodings in which systems read, and wrote, names in an archive that does not name its own."""


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
        lms_id: number or id of the account in the LMS, may be empty.
        keys: how a bulk download may refer to the student, e.g. ``participant:1234567`` or ``name:adalovelace``.
        handed_in: time of submission in UTC without a zone, if the list has it.
        unread_time: the list's time of submission, if it has one that could not be read.
        draft: whether the list says that what is there was not submitted.
        groups: names of the groups that the list puts the student into.
        split: whether first and last name were made of a full name, which is a guess.
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
    unread_time: str = ""
    draft: bool = False
    groups: frozenset[str] = frozenset()
    split: bool = False
    row: int = 0


def name_key(*names: str) -> str:
    """Key by name: only letters and digits, without case, since an LMS drops other characters from file names."""
    return "name:" + letters_of("".join(names))


def letters_of(text: str) -> str:
    """Letters and digits of a text, without case."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in text if character.isalnum())


def split_name(name: str) -> tuple[str, str]:
    """First and last name, guessed: the last word, and words in small letters before it, are the last name."""
    words = name.split()
    at = max(len(words) - 1, 0)
    while at > 1 and words[at - 1].islower():  # Juan de la Cruz, Ludwig van Beethoven
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def fits(written: str, person: Person) -> bool:
    """Whether a name in a bulk download can be the person's.

    An LMS drops characters, writes the last name first or last, and puts the name of a group before it. A program that
    packed the archive again may have written it in the encoding of its system.
    """
    return any(_fits(reading, person) for reading in _readings(written))


def _readings(name: str) -> Iterator[str]:
    """A name, and what it may have been before it was read in the wrong encoding."""
    yield name
    for read, written in () if name.isascii() else itertools.product(READ_AS, WRITTEN_AS):
        with suppress(UnicodeError):
            reading = name.encode(read).decode(written)
            if letters_of(reading):
                yield reading


def _fits(written: str, person: Person) -> bool:
    wanted = letters_of(written)
    names = {letters_of(person.name), letters_of(person.first + person.last), letters_of(person.last + person.first)}
    if not wanted or person.name == person.account or any(name and wanted.endswith(name) for name in names):
        return True  # somebody without a name in the list cannot be told from anybody
    return sorted(_words(written)) == sorted(_words(person.name))


def _words(name: str) -> list[str]:
    return [letters for word in re.split(r"[\s,_]+", name) if (letters := letters_of(word))]


def safe_id(account: str) -> str:
    """A folder name for an account: valid on every system, and different for different accounts."""
    text = unicodedata.normalize("NFC", account.strip())
    safe = re.sub(r"[^\w.@-]", "_", text).lstrip(".-").rstrip(".")[:MAX_ID_CHARACTERS]
    if safe and safe == text and not DEVICE_NAME.fullmatch(safe):
        return safe
    return f"{safe or 'student'}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"


def account_columns(table: Table, id_column: str | None, usual: Iterable[str]) -> list[int]:
    """Positions of the columns that students' ids are made of, first choice first.

    Args:
        table: the list of students.
        id_column: the column that the instructor chose, if any.
        usual: names of the columns to use otherwise, where they exist.

    Raises:
        LmsError: there is no column ``id_column``, or a spreadsheet has rounded ids in it.
    """
    columns = [table.column(name) for name in ([id_column] if id_column else usual)]
    if id_column and columns == [None]:
        raise LmsError(f"The list of students has no column {id_column}; it has: {', '.join(table.header)}.")
    table.refuse_rounded(columns)
    return [column for column in columns if column is not None]


def recognise(people: Iterable[Person], database: Database) -> list[Person]:
    """Set each row's ``student``: the id that the gradebook has, or a new safe one.

    Raises:
        LmsError: two rows would get the same id.
        GradebookError: the gradebook cannot be read.
    """
    students = read_students(database)
    by_lms_id = {student.lms_id: student.id for student in students if student.lms_id}
    by_email = {student.email.casefold(): student.id for student in students if student.email}
    recognised = [
        replace(
            person,
            student=by_lms_id.get(person.lms_id) or by_email.get(person.email.casefold()) or safe_id(person.account),
        )
        for person in people
    ]
    _check_ids_differ(recognised)
    return recognised


def people_of_gradebook(database: Database) -> list[Person]:
    """The gradebook's students, in order of last name.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    return [
        Person(
            student=student.id,
            account=student.id,
            name=" ".join(filter(None, (student.first, student.last))) or student.id,
            first=student.first,
            last=student.last,
            email=student.email,
            lms_id=student.lms_id,
            row=position,
        )
        for position, student in enumerate(read_students(database))
    ]


def remember(people: Iterable[Person], database: Database) -> None:
    """Enter names, addresses and ids in the LMS into the gradebook's list of students.

    Raises:
        GradebookError: the gradebook cannot be written.
    """
    listed = list(people)
    enter_students(
        database,
        [Student(person.student, person.first, person.last, person.email, person.lms_id) for person in listed],
        guessed={person.student for person in listed if person.split},
    )


def by_key(people: Iterable[Person]) -> dict[str, list[Person]]:
    """Key -> everybody who has it."""
    index: dict[str, list[Person]] = {}
    for person in people:
        for key in person.keys:
            index.setdefault(key, []).append(person)
    return index


def _check_ids_differ(people: list[Person]) -> None:
    counts = Counter(person.student.casefold() for person in people)
    for person in people:
        if counts[person.student.casefold()] > 1:
            same = [other.name for other in people if other.student.casefold() == person.student.casefold()]
            raise LmsError(
                f"The list of students gives {' and '.join(same)} the same id, {person.student}: remove the duplicate "
                "row, or name another column for the ids (--id-column)."
            )
