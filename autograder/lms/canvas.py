"""Canvas's files: gradebook export and import, bulk download of submissions, and its upload again with feedback.

Names and rules are those of Canvas's own code (github.com/instructure/canvas-lms):

- ``lib/content_zipper.rb``: a file of the bulk download is called ``<name>[_LATE]_<user id>_<file id>_<file>``, where
  ``<name>`` is the sortable name in small letters without blanks; with anonymous grading
  ``anon_<code>_<file id>_<file>``. ``_text.html`` and ``_link.html`` are no uploads.
- ``app/models/abstract_assignment.rb`` (``infer_comment_context_from_filename``): of a file that is uploaded again
  only the two numbers count: the user, and a file which that user handed in. Group names and LATE are skipped.
  The student sees the file as an attachment of a comment.
- ``lib/gradebook_exporter.rb``: the first columns are ``Student`` (or ``LastName``, ``FirstName``), ``ID``, ``SIS User
  ID``, ``SIS Login ID``, ``Integration ID``, ``Root Account``, ``Section``; an assignment's column is
  ``<title> (<id>)``; the row ``Points Possible`` comes before the students.
- ``lib/gradebook_importer.rb``: needs the first columns in that order and takes any set of assignment columns. An
  empty cell where Canvas has a score *removes* that score, so a grade that we do not have leaves the cell as it is.
"""

from __future__ import annotations

import re

from autograder.lms.filenames import Piece
from autograder.lms.people import Person, name_key
from autograder.lms.table import Table
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
_TITLE = re.compile(r"(?P<title>.*?)\s*\((?P<id>\d+)\)\s*")
_AGAIN = re.compile(r"(.+)-\d+(\.\w+)")  # Canvas numbers a file that is handed in again: lab-1.ipynb


def read_people(table: Table, id_column: str | None = None) -> list[Person]:
    """The students of a gradebook export.

    Args:
        table: the export.
        id_column: the column that ids are made of (default: SIS Login ID, else SIS User ID, else ID).

    Raises:
        LmsError: columns are missing.
    """
    student, number = table.column("Student"), table.column("ID")
    last, first = table.column("LastName"), table.column("FirstName")
    if number is None or (student is None and (first is None or last is None)):
        raise LmsError(
            f"The list of students has no Student and ID column; it has: {', '.join(table.header)}. "
            "Export the gradebook of Canvas as CSV (Grades > Export), with its language set to English."
        )
    accounts = [id_column] if id_column else ["SIS Login ID", "SIS User ID", "ID"]
    if id_column and table.column(id_column) is None:
        raise LmsError(f"The list of students has no column {id_column}; it has: {', '.join(table.header)}.")
    people = []
    for position in student_rows(table):
        row = table.rows[position]

        def cell(column: int | None, row: list[str] = row) -> str:
            return row[column].strip() if column is not None else ""

        names = (cell(first), cell(last)) if student is None else _split(cell(student))
        login = cell(table.column("SIS Login ID"))
        account = next(filter(None, (cell(table.column(name)) for name in accounts)), "")
        if not account:
            continue
        people.append(
            Person(
                student="",
                account=account,
                name=" ".join(filter(None, names)) or account,
                first=names[0],
                last=names[1],
                email=login if "@" in login else "",
                lms_id=cell(number),
                keys=frozenset({f"user:{cell(number)}"} if cell(number) else {name_key(names[1], names[0])}),
                row=position,
            )
        )
    return people


def student_rows(table: Table) -> list[int]:
    """Positions of the rows that are students: not the rows "Points Possible" and "Manual Posting" above them."""
    start = points_row(table)
    return [
        position
        for position, row in enumerate(table.rows)
        if position > (-1 if start is None else start) and row[table.column("ID") or 0].strip()
    ]


def points_row(table: Table) -> int | None:
    """Position of the row that tells how many points an assignment has."""
    return next((at for at, row in enumerate(table.rows[:3]) if row[0].strip() == POINTS_POSSIBLE), None)


def assignment_column(table: Table, wanted: str) -> int | None:
    """Position of an assignment's column, by its whole heading, its title, or its number in Canvas."""
    for position, heading in enumerate(table.header):
        match = _TITLE.fullmatch(heading)
        names = {heading.strip()} | ({match["title"], match["id"]} if match else set())
        if heading.strip() not in STUDENT_COLUMNS and wanted.strip().casefold() in {name.casefold() for name in names}:
            return position
    return None


def assignments(table: Table) -> list[str]:
    """Headings of all columns that are assignments."""
    return [heading for heading in table.header if _TITLE.fullmatch(heading)]


def read_piece(parts: tuple[str, ...]) -> Piece | None:
    """What the name of a downloaded file says; ``None`` when it is no uploaded file."""
    pieces = parts[-1].split("_")
    late = "LATE" in pieces
    if pieces[0] == "anon" and len(pieces) > 3 and pieces[2].isdigit():
        at, key, who = 2, f"anon:{pieces[1]}", f"anon {pieces[1]}"
    else:
        numbers = [position for position, piece in enumerate(pieces) if re.fullmatch(r"\d+", piece)]
        if len(numbers) < 2 or numbers[1] != numbers[0] + 1 or numbers[1] == len(pieces) - 1:
            return None
        at, key = numbers[1], f"user:{pieces[numbers[0]]}"
        who = f"{'_'.join(piece for piece in pieces[: numbers[0]] if piece != 'LATE')} ({pieces[numbers[0]]})"
    name = "_".join(pieces[at + 1 :])
    if not name:
        return None
    again = _AGAIN.fullmatch(name)
    return Piece(
        who=who,
        key=key,
        name_key="",
        path=(again[1] + again[2] if again else name,),
        raw=(name,),
        label=parts[-1],
        late=late,
        serial=int(pieces[at]),
    )


def is_other(parts: tuple[str, ...]) -> bool:
    """Whether it is a text entry or a link, which Canvas packs as pages."""
    return parts[-1].endswith(("_text.html", "_link.html"))


def feedback_name(label: str) -> str:
    """The name of a feedback page: the downloaded file's, so that Canvas finds its numbers, ending as a page's."""
    return re.sub(r"\.[^.]*$", "", label) + ".html"


def _split(sortable: str) -> tuple[str, str]:
    last, _, first = sortable.partition(",")
    return first.strip(), last.strip()
