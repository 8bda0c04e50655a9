"""Canvas's files: gradebook export and import, bulk download of submissions, and its upload again with feedback.

Names and rules are those of Canvas's own code (github.com/instructure/canvas-lms):

- ``lib/content_zipper.rb``: a file of the bulk download is named ``<name>[_LATE]_<user id>_<file id>_<file>``, where
  ``<name>`` is the sortable name in lower case without spaces; with anonymous grading
  ``anon_<code>_<file id>_<file>``. ``_text.html`` and ``_link.html`` are not uploads.
- ``app/models/abstract_assignment.rb`` (``infer_comment_context_from_filename``): of a file that is uploaded again
  only the two numbers in its name count: the user, and a file which that user uploaded. Group names and LATE are
  skipped. The student sees the file as an attachment of a comment.
- ``lib/gradebook_exporter.rb``: the first columns are ``Student`` (or ``LastName``, ``FirstName``), ``ID``, ``SIS User
  ID``, ``SIS Login ID``, ``Integration ID``, ``Root Account``, ``Section``; an assignment's column is
  ``<title> (<id>)``; the row ``Points Possible`` comes before the students. Among them is the test student of the
  Student View, once somebody has opened it.
- ``app/models/course.rb`` (``create_student_view_student``): the test student is called ``Test Student``, and its login
  is a digest of 40 digits.
- ``lib/gradebook_importer.rb``: needs the first columns in that order and takes any set of assignment columns. An
  empty cell where Canvas has a score *removes* that score, so a cell without a grade of ours keeps its content.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.course.receipts import Receipt
from autograder.gradebook.grades import LabGrade
from autograder.lms.groups import split_groups
from autograder.lms.people import Person, account_columns, name_key, split_name
from autograder.lms.points import scaled
from autograder.lms.table import Table
from autograder.lms.uploads import Upload
from autograder.model.errors import LmsError

STUDENT_COLUMNS = (
    "Student",
    "LastName",
    "FirstName",
    "ID",
    "SIS User ID",
    "SIS Login ID",
    "Integration ID",
    "Root Account",
    "Section",
)
POINTS_POSSIBLE = "Points Possible"
KEPT = {"EX": "is excused from {lab} in Canvas and stays so", "N/A": "has no {lab} in Canvas (N/A)"}
"""What Canvas writes for a student who gets no score: a score of ours must not take its place."""
_TEST_STUDENT, _TEST_LOGIN = ("Test", "Student"), re.compile(r"([0-9a-f]{40})?")
_ACCOUNTS = ("SIS Login ID", "SIS User ID", "ID")
_TITLE = re.compile(r"(?P<title>.*?)\s*\((?P<id>\d+)\)\s*")
_TEST_UPLOADS = "studenttest"
_NUMBER = re.compile(r"[0-9]{1,30}")
_AGAIN = re.compile(r"(.+)-\d+(\.\w+)")  # Canvas numbers a file that is uploaded again: lab-1.ipynb


@dataclass(frozen=True)
class Canvas:
    """Canvas's files; see `autograder.lms.system.Lms`."""

    name: str = "canvas"
    title: str = "Canvas"
    list_names_uploads: bool = False
    numbers_are_students: bool = True
    upload_advice: str = (
        "In Canvas's gradebook, menu of the assignment: Re-Upload Submissions. Each student finds the page attached to "
        "a comment, under the name of the submitted file: it is a web page, to be saved and opened in a browser."
    )
    label_advice: str = (
        "Canvas's name for the file is not known: only submissions unpacked by `autograder collect` have one"
    )

    def read_people(
        self, table: Table, zone: datetime.tzinfo | None = None, id_column: str | None = None
    ) -> list[Person]:
        """Read the students of a gradebook export.

        Args:
            table: the export.
            zone: not used: an export has no times.
            id_column: the column that ids are made of (default: SIS Login ID, else SIS User ID, else ID).

        Raises:
            LmsError: columns are missing, or a spreadsheet has changed the ids.
        """
        student, number = table.column("Student"), table.column("ID")
        last, first = table.column("LastName"), table.column("FirstName")
        if number is None or (student is None and (first is None or last is None)):
            raise LmsError(
                f"The list of students has no Student and ID column; it has: {', '.join(table.header)}. "
                "Export the gradebook of Canvas as CSV (Grades > Export), with its language set to English."
            )
        accounts, login_at = account_columns(table, id_column, _ACCOUNTS), table.column("SIS Login ID")
        table.refuse_rounded([number])
        table.take_once([number])
        people = []
        for position in _student_rows(table):
            whole = table.cell(position, student)
            names = (table.cell(position, first), table.cell(position, last)) if student is None else _split(whole)
            login, user = table.cell(position, login_at), table.cell(position, number)
            account = table.first_text(position, accounts)
            if not account or (names == _TEST_STUDENT and _TEST_LOGIN.fullmatch(login)):
                continue
            people.append(
                Person(
                    student="",
                    account=account,
                    name=" ".join(filter(None, names)) or account,
                    first=names[0],
                    last=names[1],
                    email=login if "@" in login else "",
                    lms_id=user,
                    keys=frozenset({f"user:{user}"} if user else {name_key(names[1], names[0])}),
                    groups=frozenset(split_groups(table.cell(position, table.column("Group Name", "Groups")))),
                    split=student is not None and "," not in whole,
                    row=position,
                )
            )
        return people

    def parse_upload(self, parts: tuple[str, ...]) -> Upload | None:
        """Parse a name in a bulk download; ``None`` if it is not a file that a student uploaded."""
        words = parts[-1].split("_")
        late = "LATE" in words
        if words[0] == "anon" and len(words) > 3 and _NUMBER.fullmatch(words[2]):
            at, key, name, who = 2, f"anon:{words[1]}", "", f"anon {words[1]}"
        else:
            numbers = [position for position, word in enumerate(words) if _NUMBER.fullmatch(word)]
            if len(numbers) < 2 or numbers[1] != numbers[0] + 1 or numbers[1] == len(words) - 1:
                return None
            at, key = numbers[1], f"user:{words[numbers[0]]}"
            name = "_".join(word for word in words[: numbers[0]] if word != "LATE")
            who = f"{name} ({words[numbers[0]]})"
        file = "_".join(words[at + 1 :])
        if not file:
            return None
        again = _AGAIN.fullmatch(file)
        return Upload(
            who=who,
            key=key,
            name=name,
            path=(again[1] + again[2] if again else file,),
            raw=(file,),
            label=parts[-1],
            late=late,
            serial=int(words[at]),
            test_student=name == _TEST_UPLOADS,
        )

    def is_extra(self, parts: tuple[str, ...]) -> bool:
        """Whether a name is that of a text entry or a link, which Canvas packs as pages."""
        return parts[-1].endswith(("_text.html", "_link.html"))

    def fill_grades(
        self,
        table: Table,
        people: Sequence[Person],
        grades: Mapping[str, Mapping[str, LabGrade]],
        titles: Mapping[str, str | None],
    ) -> tuple[Table, list[str]]:
        """Make a file for the gradebook import: the students' columns unchanged and the labs' columns, no others.

        Args:
            table: the gradebook export.
            people: its students.
            grades: lab -> student -> grade.
            titles: lab -> heading, title or number of its assignment; ``None`` if it is the lab's name.

        Raises:
            LmsError: there is no column for a lab, or one for two labs.
        """
        columns = _lab_columns(table, titles)
        notes: list[str] = []
        points_at = _points_row(table)
        for lab, column in columns.items():
            maximum = table.rows[points_at][column] if points_at is not None else ""
            for person in people:
                row, grade = table.rows[person.row], grades[lab].get(person.student)
                if grade is None or grade.score is None:
                    continue
                if (why := KEPT.get(row[column].strip().upper())) is not None:
                    notes.append(f"{person.name} {why.format(lab=lab)}.")
                    continue
                score = scaled(grade.score, grade.max_score, maximum, f"the points of {lab} in Canvas", notes)
                row[column] = f"{score:.2f}"
        rows = [table.rows[points_at]] if points_at is not None else []
        rows += [table.rows[position] for position in _student_rows(table)]
        table.defuse("ID")  # every student's row has one, and Canvas looks no further
        of_student = [at for at, name in enumerate(table.header) if name.strip() in STUDENT_COLUMNS]
        chosen = [*of_student, *columns.values()]
        header = [table.header[column].strip() for column in chosen]
        body = [[row[column] for column in chosen] for row in rows]
        return Table(header, body, table.delimiter, table.bom, table.newline), notes

    def label_of(self, person: Person) -> str:
        """What Canvas calls a student's submission: not in its list."""
        return ""

    def feedback_name(self, lab: str, receipt: Receipt | None, person: Person | None) -> str | None:
        """Name of a feedback page in the zip: the downloaded file's, whose numbers Canvas looks for."""
        return re.sub(r"\.[^.]*$", "", receipt.label) + ".html" if receipt and receipt.label else None


CANVAS = Canvas()


def _lab_columns(table: Table, titles: Mapping[str, str | None]) -> dict[str, int]:
    """Lab -> position of its assignment's column."""
    columns: dict[str, int] = {}
    for lab, title in titles.items():
        found = _assignment_columns(table, title or lab)
        if not found:
            assignments = ", ".join(heading.strip() for heading in table.header if _TITLE.fullmatch(heading)) or "none"
            raise LmsError(
                f"Canvas has no assignment {title or lab} (there are: {assignments}). Make it in Canvas and export the "
                f"gradebook again, or say which it is: --lab '{lab}=TITLE'."
            )
        if len(found) > 1:
            headings = [table.header[column].strip() for column in found]
            raise LmsError(
                f"{title or lab} may be any of these assignments of Canvas: {', '.join(headings)}. Say which it is, "
                f"with its number in brackets: --lab '{lab}={headings[0]}'."
            )
        if found[0] in columns.values():
            raise LmsError(f"Two labs would be written into the column {table.header[found[0]]}.")
        columns[lab] = found[0]
    return columns


def _assignment_columns(table: Table, wanted: str) -> list[int]:
    """Positions of the columns that may be meant: by their whole heading or, if none has it, by title or number."""
    wanted = wanted.strip().casefold()
    exact, others = [], []
    for position, heading in enumerate(table.header):
        match, heading = _TITLE.fullmatch(heading.strip()), heading.strip()
        if heading in STUDENT_COLUMNS:
            continue
        if heading.casefold() == wanted:
            exact.append(position)
        elif match and wanted in (match["title"].casefold(), match["id"]):
            others.append(position)
    return exact or others


def _student_rows(table: Table) -> list[int]:
    """Positions of the students' rows: without "Points Possible" and "Manual Posting" above them."""
    points_at, number = _points_row(table), table.column("ID") or 0
    return [
        position
        for position, row in enumerate(table.rows)
        if position > (-1 if points_at is None else points_at) and row[number].strip()
    ]


def _points_row(table: Table) -> int | None:
    """Position of the row with the maximum points of each assignment."""
    return next((at for at, row in enumerate(table.rows[:3]) if row[0].strip() == POINTS_POSSIBLE), None)


def _split(sortable: str) -> tuple[str, str]:
    last, comma, first = sortable.partition(",")
    return (first.strip(), last.strip()) if comma else split_name(sortable)
