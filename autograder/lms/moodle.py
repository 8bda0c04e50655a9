"""Moodle's files: list of participants, grading worksheet, bulk download of submissions, zip of feedback files.

Names and rules are those of Moodle's own code (github.com/moodle/moodle):

- ``mod/assign/classes/downloader.php``: a hand-in lies in ``<full name>_<number>_assignsubmission_file/`` (Moodle 4.1
  and later; with ``_`` at the end before), or, when "Download submissions in folders" is off, each file is called
  ``<full name>_<number>_assignsubmission_file_<file>``. Underscores in names become blanks.
- ``mod/assign/gradingtable.php``: columns of the grading worksheet, ``Identifier`` ("Participant" and the same number),
  ``Full name``, ``ID number``, ``Email address``, ``Status``, ``Grade``, ``Maximum Grade``, ``Grade can be changed``,
  ``Last modified (submission)``, ``Last modified (grade)``, ``Feedback comments``.
- ``mod/assign/feedback/offline``: reading the worksheet back needs Identifier, Grade and Last modified (grade). A row
  without a grade is left as it is; so is one whose grade was changed after the worksheet was downloaded.
- ``mod/assign/feedback/file/importziplib.php``: a feedback file is told by its folder, which is called as the hand-in.

The list of participants (Participants > select all > With selected users: Download table data as CSV) has ``First
name``, ``Last name``, ``ID number``, ``Email address``, but neither the number nor the times.
"""

from __future__ import annotations

import datetime
import re

from autograder.lms.filenames import Piece
from autograder.lms.people import Person, name_key
from autograder.lms.table import Table
from autograder.model.errors import LmsError

WORKSHEET = ("Identifier", "Grade", "Last modified (grade)")
_PREFIX = re.compile(
    r"(?P<folder>(?P<name>[^_/]*)_(?P<number>\d+)_(?P<plugin>assign[a-z]+_[a-z]+))(?P<rest>.*)", re.DOTALL
)
_NUMBER = re.compile(r"\D*(\d+)\s*")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_TIME = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4}),? (\d{1,2}):(\d{2})(?: ?([AaPp])[Mm])?")


def read_people(table: Table, zone: datetime.tzinfo | None, id_column: str | None = None) -> list[Person]:
    """The students of a grading worksheet or of a list of participants.

    Args:
        table: the list.
        zone: time zone of the times in it; ``None`` for this machine's.
        id_column: the column that ids are made of (default: ID number, else Username, else Email address).

    Raises:
        LmsError: columns are missing.
    """
    identifier, full = table.column("Identifier"), table.column("Full name", "User full name")
    first, last = table.column("First name"), table.column("Last name", "Surname")
    email, submitted = table.column("Email address"), table.column("Last modified (submission)")
    accounts = [table.column(id_column)] if id_column else [table.column("ID number"), table.column("Username"), email]
    if id_column and accounts == [None]:
        raise LmsError(f"The list of students has no column {id_column}; it has: {', '.join(table.header)}.")
    if (full is None and (first is None or last is None)) and identifier is None:
        raise LmsError(
            "The list of students has neither First name and Last name nor Identifier and Full name; it has: "
            f"{', '.join(table.header)}. Download it with Moodle's language set to English."
        )
    people = []
    for position, row in enumerate(table.rows):

        def cell(column: int | None, row: list[str] = row) -> str:
            return row[column].strip() if column is not None else ""

        names = (cell(first), cell(last))
        name = cell(full) or " ".join(filter(None, names))
        number = _NUMBER.fullmatch(cell(identifier))
        account = next(filter(None, map(cell, accounts)), "") or (f"participant-{number[1]}" if number else name)
        if not account:
            continue
        keys = {f"participant:{number[1]}"} if number else set()
        if name:
            keys |= {name_key(name)} | ({name_key(*names), name_key(*reversed(names))} if any(names) else set())
        people.append(
            Person(
                student="",
                account=account,
                name=name or account,
                first=names[0] or _split(name)[0],
                last=names[1] or _split(name)[1],
                email=cell(email),
                lms_id=cell(table.column("ID number", "Username")),
                keys=frozenset(keys),
                handed_in=parse_time(cell(submitted), zone),
                row=position,
            )
        )
    return people


def read_piece(parts: tuple[str, ...]) -> Piece | None:
    """What the name of a downloaded file says; ``None`` when it is no file that a student handed in."""
    match = _PREFIX.fullmatch("/".join(parts))
    if match is None or match["plugin"] != "assignsubmission_file":
        return None
    rest = tuple(part for part in match["rest"].removeprefix("_").split("/") if part)
    if not rest or not match["rest"].startswith(("_", "/")):
        return None
    return Piece(
        who=f"{match['name']} ({match['number']})",
        key=f"participant:{match['number']}",
        name_key=name_key(match["name"]) if match["name"] != "Participant" else "",
        path=rest,
        raw=rest,
        label=match["folder"],
    )


def is_other(parts: tuple[str, ...]) -> bool:
    """Whether it is something else of a student's that Moodle packs: online text, comments, feedback."""
    match = _PREFIX.fullmatch("/".join(parts))
    return match is not None and match["plugin"] != "assignsubmission_file"


def feedback_folder(person: Person) -> str | None:
    """The folder that Moodle knows this student by; ``None`` when the list does not tell the number."""
    number = next((key.partition(":")[2] for key in person.keys if key.startswith("participant:")), None)
    name = re.sub(r"[_/\\:*?\"<>|\x00-\x1f]", " ", person.name).strip()
    return f"{name}_{number}_assignsubmission_file" if number else None


def parse_time(text: str, zone: datetime.tzinfo | None) -> datetime.datetime | None:
    """``Friday, 13 March 2026, 5:58 PM`` -> UTC without a zone; ``None`` when it is no such time."""
    match = _TIME.search(text)
    if match is None or match[2].lower() not in _MONTHS:
        return None
    month = _MONTHS.index(match[2].lower()) + 1
    hour = int(match[4]) % 12 + (12 if match[6] in "Pp" else 0) if match[6] else int(match[4])
    try:
        local = datetime.datetime(int(match[3]), month, int(match[1]), hour, int(match[5]))
        return (local.replace(tzinfo=zone) if zone else local).astimezone(datetime.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _split(name: str) -> tuple[str, str]:
    first, _, last = name.rpartition(" ")
    return first, last
