"""Moodle's files: list of participants, grading worksheet, bulk download of submissions, zip of feedback files.

Names and rules are those of Moodle's own code (github.com/moodle/moodle):

- ``mod/assign/classes/downloader.php``: a submission is in ``<full name>_<number>_assignsubmission_file/`` (Moodle 4.1
  and later; with ``_`` at the end before), or, when "Download submissions in folders" is off, each file is named
  ``<full name>_<number>_assignsubmission_file_<file>``. Underscores in names become spaces.
- ``mod/assign/gradingtable.php``: columns of the grading worksheet, ``Identifier`` ("Participant" and the same number),
  ``Full name``, ``ID number``, ``Email address``, ``Status``, ``Grade``, ``Maximum Grade``, ``Grade can be changed``,
  ``Last modified (submission)``, ``Last modified (grade)``, ``Feedback comments``.
- ``mod/assign/feedback/offline``: reading the worksheet back needs Identifier, Grade and Last modified (grade). A row
  without a grade is skipped; so is one whose grade was changed after the worksheet was downloaded.
- ``mod/assign/feedback/file/importziplib.php``: a feedback file is matched by its folder, named like the submission's.

The list of participants (Participants > select all > With selected users: Download table data as CSV) has ``First
name``, ``Last name``, ``ID number``, ``Email address``, but neither the number nor the times.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.course.receipts import Receipt
from autograder.gradebook.grades import LabGrade
from autograder.lms.groups import split_groups
from autograder.lms.people import Person, account_columns, name_key, split_name
from autograder.lms.points import parse_points, scaled
from autograder.lms.table import Table
from autograder.lms.times import read_times
from autograder.lms.uploads import Upload
from autograder.model.errors import LmsError

WORKSHEET = ("Identifier", "Grade", "Last modified (grade)")
UNCHANGED = ("Identifier", "Feedback comments")  # Moodle finds students by the one and shows them the other
DRAFT = "Draft"  # "(not submitted)": the student has not pressed the button that hands it in
COMMENT_BEGINS = "Points: "
_PREFIX = re.compile(
    r"(?P<folder>(?P<name>[^_/]*)_(?P<number>\d+)_(?P<plugin>assign[a-z]+_[a-z]+))(?P<rest>.*)", re.DOTALL
)
_ACCOUNTS = ("ID number", "Username", "Email address")
_NUMBER = re.compile(r"\D*(\d+)\s*")


@dataclass(frozen=True)
class Moodle:
    """Moodle's files; see `autograder.lms.system.Lms`."""

    name: str = "moodle"
    title: str = "Moodle"
    list_names_uploads: bool = True
    numbers_are_students: bool = False  # of a group's hand-in the number is the group's
    upload_advice: str = "In Moodle's assignment: Submissions > Upload multiple feedback files in a zip."
    label_advice: str = "Moodle's name for the submission is not known: give --students with the grading worksheet"

    def read_people(
        self, table: Table, zone: datetime.tzinfo | None = None, id_column: str | None = None
    ) -> list[Person]:
        """Read a grading worksheet or a list of participants.

        Args:
            table: the list.
            zone: time zone of the times in it; ``None`` for this machine's.
            id_column: the column that ids are made of (default: ID number, else Username, else Email address).

        Raises:
            LmsError: columns are missing.
        """
        identifier, full = table.column("Identifier"), table.column("Full name", "User full name")
        first, last = table.column("First name"), table.column("Last name", "Surname")
        email, lms_id = table.column("Email address"), table.column("ID number", "Username")
        modified, group = table.column("Last modified (submission)"), table.column("Group", "Groups", "Team")
        status, accounts = table.column("Status"), account_columns(table, id_column, _ACCOUNTS)
        if (full is None and (first is None or last is None)) and identifier is None:
            raise LmsError(
                "The list of students has neither First name and Last name nor Identifier and Full name; it has: "
                f"{', '.join(table.header)}. Download it with Moodle's language set to English."
            )
        table.take_once([identifier, *accounts])
        times = read_times([table.cell(position, modified) for position in range(len(table.rows))], zone)
        people = []
        for position in range(len(table.rows)):
            names = (table.cell(position, first), table.cell(position, last))
            name = table.cell(position, full) or " ".join(filter(None, names))
            number = _NUMBER.fullmatch(table.cell(position, identifier))
            account = table.first_text(position, accounts) or (f"participant-{number[1]}" if number else name)
            if not account:
                continue
            first_name, last_name = names if any(names) else split_name(name)
            people.append(
                Person(
                    student="",
                    account=account,
                    name=name or account,
                    first=first_name,
                    last=last_name,
                    email=table.cell(position, email),
                    lms_id=table.cell(position, lms_id),
                    keys=_keys(number[1] if number else "", name, names),
                    handed_in=times.read[position],
                    unread_time=table.cell(position, modified) if position in times.unread else "",
                    draft=table.cell(position, status).startswith(DRAFT),
                    groups=frozenset(split_groups(table.cell(position, group))),
                    split=not any(names),
                    row=position,
                )
            )
        return people

    def parse_upload(self, parts: tuple[str, ...]) -> Upload | None:
        """Parse a path in a bulk download; ``None`` if it is not a file that a student uploaded."""
        match = _PREFIX.fullmatch("/".join(parts))
        if match is None or match["plugin"] != "assignsubmission_file":
            return None
        path = tuple(part for part in match["rest"].removeprefix("_").split("/") if part)
        if not path or not match["rest"].startswith(("_", "/")):
            return None
        return Upload(
            who=f"{match['name']} ({match['number']})",
            name="" if match["name"].endswith("Participant") else match["name"],  # anonymous, perhaps behind a group
            key=f"participant:{match['number']}",
            path=path,
            raw=path,
            label=match["folder"],
        )

    def is_extra(self, parts: tuple[str, ...]) -> bool:
        """Whether a path is a student's online text, comment or feedback."""
        match = _PREFIX.fullmatch("/".join(parts))
        return match is not None and match["plugin"] != "assignsubmission_file"

    def fill_grades(
        self,
        table: Table,
        people: Sequence[Person],
        grades: Mapping[str, Mapping[str, LabGrade]],
        titles: Mapping[str, str | None],
    ) -> tuple[Table, list[str]]:
        """Fill in a grading worksheet, in place; columns and rows keep their order.

        Raises:
            LmsError: there are several labs, the table is not a worksheet, or its grades are on a scale.
        """
        if len(titles) > 1:
            raise LmsError("Moodle's grading worksheet is for one assignment: export one lab at a time.")
        _check_worksheet(table)
        (lab,) = titles
        grade_at, maximum_at = table.column("Grade"), table.column("Maximum Grade")
        comment_at = table.column("Feedback comments")
        assert grade_at is not None
        notes: list[str] = []
        for person in people:
            row, grade = table.rows[person.row], grades[lab].get(person.student)
            if grade is None or grade.score is None:
                continue
            maximum = row[maximum_at] if maximum_at is not None else ""
            score = scaled(grade.score, grade.max_score, maximum, "Moodle's maximum grade", notes)
            if score > (parse_points(maximum) or score):
                notes.append(
                    f"{person.name} has {score:g}, more than {maximum}: Moodle takes no such grade. Raise its maximum."
                )
            row[grade_at] = f"{score:.2f}".replace(".", "," if "," in maximum else ".")
            if comment_at is not None and (not row[comment_at].strip() or row[comment_at].startswith(COMMENT_BEGINS)):
                row[comment_at] = _comment(grade)
        table.defuse(*UNCHANGED)
        return table, notes

    def feedback_name(self, lab: str, receipt: Receipt | None, person: Person | None) -> str | None:
        """Path of a feedback page in the zip: in the folder of the submission."""
        folder = (receipt.label if receipt else "") or (self.label_of(person) if person else "")
        # Moodle before 4.1 requires the underscore at the end, later versions accept it.
        return f"{folder}_/{lab}.html" if folder else None

    def label_of(self, person: Person) -> str:
        """The folder of a student's submission in Moodle's zips; "" if the list lacks the student's number."""
        number = next((key.partition(":")[2] for key in person.keys if key.startswith("participant:")), "")
        name = re.sub(r"[_/\\:*?\"<>|\x00-\x1f]", " ", person.name).strip()
        return f"{name}_{number}_assignsubmission_file" if number else ""


MOODLE = Moodle()


def _check_worksheet(table: Table) -> None:
    missing = [name for name in WORKSHEET if table.column(name) is None]
    if missing:
        raise LmsError(
            f"The CSV is no grading worksheet (no column {', '.join(missing)}): in Moodle's assignment choose "
            "Submissions > Download grading worksheet, with the language set to English. If there is no such choice, "
            "switch on the feedback type Offline grading worksheet in the assignment's settings."
        )
    if table.column("Scale") is not None:
        raise LmsError("This assignment is graded by a scale in Moodle: give it a maximum grade in points instead.")


def _comment(grade: LabGrade) -> str:
    """A feedback comment with the points of each exercise."""
    if not grade.points:
        return COMMENT_BEGINS + "nothing was handed in."
    parts = [f"{html.escape(name)} {points:g} of {possible:g}" for name, points, possible in grade.points]
    late = [f"late penalty -{grade.penalty:g}"] if grade.penalty else []
    return COMMENT_BEGINS + "; ".join([*parts, *late])


def _keys(number: str, name: str, names: tuple[str, str]) -> frozenset[str]:
    """Keys by the participant's number and by the name, in either order of first and last name."""
    keys = {f"participant:{number}"} if number else set()
    if name:
        keys |= {name_key(name)} | ({name_key(*names), name_key(*reversed(names))} if any(names) else set())
    return frozenset(keys)
