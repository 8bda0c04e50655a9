"""Grades -> the file that an LMS imports, and beside it a file that says of everybody how far their grade is.

A cell for which there is no grade yet stays as the LMS wrote it: an empty cell would remove a score in Canvas, and a
zero would be a grade. Ids, dates, headings and other people's comments stay as they are; names that a spreadsheet would
take for a formula get an apostrophe, which neither LMS minds, since neither finds its students by name.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.lms import canvas
from autograder.lms.grades import Grade, Status
from autograder.lms.moodle import WORKSHEET
from autograder.lms.people import Person
from autograder.lms.table import Table, defused
from autograder.model.errors import LmsError

COMMENT_BEGINS = "Points: "
NAMES = ("Full name", "First name", "Last name", "Email address")
_EXCUSED = "EX"
STATUS_COLUMNS = ["student", "name", "email", "lab", "status", "score", "max_score", "late_penalty", "what_to_do"]


@dataclass(frozen=True)
class Line:
    """One student and one lab."""

    student: str
    name: str
    email: str
    lab: str
    grade: Grade


def status_table(lines: Sequence[Line]) -> Table:
    """Everybody's status, for people and spreadsheets."""
    rows = [
        [
            *map(defused, (line.student, line.name, line.email)),
            line.lab,
            str(line.grade.status),
            "" if line.grade.score is None else f"{line.grade.score:g}",
            f"{line.grade.max_score:g}",
            f"{line.grade.penalty:g}" if line.grade.penalty else "",
            defused(line.grade.why),
        ]
        for line in lines
    ]
    return Table(list(STATUS_COLUMNS), rows, bom=True)


def moodle_table(worksheet: Table, people: Sequence[Person], grades: Mapping[str, Grade]) -> tuple[Table, list[str]]:
    """Fill a grading worksheet in, in place; columns and rows keep their order.

    Returns:
        The table, and sentences about what was done to the numbers.

    Raises:
        LmsError: it is no grading worksheet, or its grades are words of a scale.
    """
    missing = [name for name in WORKSHEET if worksheet.column(name) is None]
    if missing:
        raise LmsError(
            f"The CSV is no grading worksheet (no column {', '.join(missing)}): in Moodle's assignment choose "
            "Submissions > Download grading worksheet, with the language set to English. If there is no such choice, "
            "switch on the feedback type Offline grading worksheet in the assignment's settings."
        )
    if worksheet.column("Scale") is not None:
        raise LmsError("This assignment is graded by a scale in Moodle: give it a maximum grade in points instead.")
    grade_at, most_at = worksheet.column("Grade"), worksheet.column("Maximum Grade")
    comment_at = worksheet.column("Feedback comments")
    assert grade_at is not None
    notes: list[str] = []
    for person in people:
        row, grade = worksheet.rows[person.row], grades.get(person.student)
        if grade is None or grade.score is None:
            continue
        most = row[most_at] if most_at is not None else ""
        score = _scaled(grade, most, "Moodle's maximum grade", notes)
        if score > (_points(most) or score):
            notes.append(
                f"{person.name} has {score:g}, more than {most}: Moodle takes no such grade. Raise its maximum."
            )
        row[grade_at] = f"{score:.2f}".replace(".", "," if "," in most else ".")
        if comment_at is not None and (not row[comment_at].strip() or row[comment_at].startswith(COMMENT_BEGINS)):
            row[comment_at] = _comment(grade)
    for row in worksheet.rows:
        for at in (worksheet.column(name) for name in NAMES):
            if at is not None:
                row[at] = defused(row[at])
    return worksheet, notes


def canvas_table(
    export: Table,
    people: Sequence[Person],
    grades: Mapping[str, Mapping[str, Grade]],
    columns: Mapping[str, str | None],
) -> tuple[Table, list[str]]:
    """A file for Canvas's gradebook import: the students' columns as they are, and the labs' columns, no other.

    Args:
        export: what Canvas exported.
        people: its students.
        grades: lab -> student -> grade.
        columns: lab -> heading, title or number of its assignment in Canvas; ``None`` where it is called as the lab.

    Raises:
        LmsError: there is no column for a lab.
    """
    at: dict[str, int] = {}
    for lab, wanted in columns.items():
        position = canvas.assignment_column(export, wanted or lab)
        if position is None:
            there = ", ".join(canvas.assignments(export)) or "none"
            raise LmsError(
                f"Canvas has no assignment {wanted or lab} (there are: {there}). Make it in Canvas and export the "
                f"gradebook again, or say which it is: --lab '{lab}=TITLE'."
            )
        if position in at.values():
            raise LmsError(f"Two labs would be written into the column {export.header[position]}.")
        at[lab] = position
    notes: list[str] = []
    first = canvas.points_row(export)
    for lab, position in at.items():
        most = export.rows[first][position] if first is not None else ""
        for person in people:
            row, grade = export.rows[person.row], grades[lab].get(person.student)
            if grade is None or grade.score is None:
                continue
            if row[position].strip().upper() == _EXCUSED:
                notes.append(f"{person.name} is excused from {lab} in Canvas and stays so.")
                continue
            row[position] = f"{_scaled(grade, most, f'the points of {lab} in Canvas', notes):.2f}"
    kept = [export.column(name) for name in export.header if name.strip() in canvas.STUDENT_COLUMNS]
    chosen = [position for position in kept if position is not None] + list(at.values())
    rows = [export.rows[first]] if first is not None else []
    rows += [export.rows[position] for position in canvas.student_rows(export)]
    for row in rows:
        for name in ("Student", "LastName", "FirstName"):
            where = export.column(name)
            if where is not None:
                row[where] = defused(row[where])
    header = [export.header[position] for position in chosen]
    body = [[row[position] for position in chosen] for row in rows]
    return Table(header, body, export.delimiter, export.bom, export.newline), notes


def needs_a_look(lines: Sequence[Line]) -> list[Line]:
    """What has no grade though something was handed in."""
    return [line for line in lines if line.grade.status not in (Status.GRADED, Status.NOT_HANDED_IN)]


def _scaled(grade: Grade, most: str, what: str, notes: list[str]) -> float:
    """The score in the LMS's points."""
    assert grade.score is not None
    wanted = _points(most)
    if wanted is None or not grade.max_score or wanted == grade.max_score:
        return grade.score
    note = f"Scores are given out of {wanted:g} ({what}) instead of the lab's {grade.max_score:g}."
    if note not in notes:
        notes.append(note)
    return grade.score * wanted / grade.max_score


def _points(text: str) -> float | None:
    """A number of points as an LMS writes it, with a comma or a point; ``None`` when it is none above zero."""
    try:
        return max(float(text.strip().replace(",", ".")), 0.0) or None
    except ValueError:
        return None


def _comment(grade: Grade) -> str:
    if not grade.points:
        return COMMENT_BEGINS + "nothing was handed in."
    parts = [f"{html.escape(name)} {had:g} of {most:g}" for name, had, most in grade.points]
    late = [f"late penalty -{grade.penalty:g}"] if grade.penalty else []
    return COMMENT_BEGINS + "; ".join([*parts, *late])
