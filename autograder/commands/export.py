"""Write grades to a file that Moodle or Canvas imports, and list who has no grade yet."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from autograder.commands.output import writing
from autograder.course.config import Course, load_course
from autograder.files.atomic import refuse_odd_target
from autograder.gradebook.store import Store
from autograder.lms import canvas, moodle
from autograder.lms.export import Line, canvas_table, moodle_table, needs_a_look, status_table
from autograder.lms.grades import Grade, Status, max_score, read_grades
from autograder.lms.people import Person, read_students, recognise
from autograder.lms.table import Table, read_table, write_text
from autograder.model.errors import LmsError
from autograder.model.result import submission_digest

EXAMPLE = (
    "autograder export --lms moodle --lab 01_single_neuron --students grading_worksheet.csv -o moodle_grades.csv\n"
    "         autograder export --lms canvas --lab '01_single_neuron=Lab 1' --students gradebook.csv -o grades.csv\n"
    "         autograder export --lms csv --lab 01_single_neuron 02_two_neurons -o grades.csv"
)
MAX_NAMED = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``autograder export``."""
    parser.add_argument("--lms", choices=("moodle", "canvas", "csv"), required=True, help="the format of the file")
    parser.add_argument(
        "--lab",
        nargs="+",
        required=True,
        metavar="LAB[=TITLE]",
        help="labs to write; TITLE: name of the assignment in Canvas, if it differs from the lab's",
    )
    parser.add_argument(
        "--students", type=Path, metavar="CSV", help="Moodle: grading worksheet; Canvas: gradebook export"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the file to write")
    parser.add_argument(
        "--zero-missing", action="store_true", help="give 0 points to students without a submission (default: no grade)"
    )
    parser.add_argument("--id-column", metavar="NAME", help="as for `autograder collect`")
    parser.add_argument("--course-dir", type=Path, help="the course's folder (default: this one)")
    parser.add_argument("--db", metavar="URL", help="gradebook, e.g. postgresql+psycopg://host/gradebook")


def run(args: argparse.Namespace) -> int:
    """Export; return 0 if every submission has its grade, 1 if some are open."""
    course = load_course(args.course_dir, args.db)
    with writing(args.output):
        refuse_odd_target(args.output)
    columns = {lab: title or None for lab, _, title in (text.partition("=") for text in args.lab)}
    for lab in columns:
        course.lab(lab)
    if args.lms != "csv" and args.students is None:
        raise LmsError(f"--lms {args.lms} needs --students with the CSV file from {args.lms.capitalize()}.")
    if args.lms == "moodle" and len(columns) > 1:
        raise LmsError("Moodle's grading worksheet is for one assignment: export one lab at a time.")
    table = read_table(args.students) if args.students else None
    with Store(course.db_url, course.coursedir.course_id) as store:
        people = _people(table, args, store)
        grades = {lab: _grades(course, store, lab) for lab in columns}
        most = {lab: max_score(store, lab) for lab in columns}
    lines, unlisted = [], []
    for lab in columns:
        for person in people:
            grade = grades[lab].setdefault(person.student, Grade(Status.NOT_HANDED_IN, None, most[lab]))
            if args.zero_missing and grade.status is Status.NOT_HANDED_IN:
                grade = grades[lab][person.student] = replace(grade, score=0.0)
            lines.append(Line(person.student, person.name, person.email, lab, grade))
        unlisted += sorted(grades[lab].keys() - {person.student for person in people})
    notes: list[str] = []
    if args.lms == "csv" or table is None:
        write_text(args.output, status_table(lines).text())
    else:
        if args.lms == "moodle":
            table, notes = moodle_table(table, people, grades[next(iter(columns))])
        else:
            table, notes = canvas_table(table, people, grades, columns)
        status_file = args.output.with_name(f"{args.output.stem}.status.csv")
        write_text(status_file, status_table(lines).text())
        write_text(args.output, table.text())
        notes.append(f"The status of every grade: {status_file}")
    return _report(args.output, lines, notes, sorted(set(unlisted)), course.strays().unfit)


def _people(table: Table | None, args: argparse.Namespace, store: Store) -> list[Person]:
    if table is None:
        return read_students(store)
    if args.lms == "canvas" or (args.lms == "csv" and table.column("Student") is not None):
        return recognise(canvas.read_people(table, args.id_column), store)
    return recognise(moodle.read_people(table, None, args.id_column), store)


def _grades(course: Course, store: Store, lab: str) -> dict[str, Grade]:
    handed = {pending.student: submission_digest(pending.read()) for pending in course.pending([lab])}
    return read_grades(store, lab, handed)


def _report(output: Path, lines: list[Line], notes: list[str], unlisted: list[str], unfit: list[str]) -> int:
    counts = Counter(str(line.grade.status) for line in lines)
    print(f"{output}: " + ", ".join(f"{count} {status}" for status, count in counts.items()))
    for note in notes:
        print(note)
    open_lines = needs_a_look(lines)
    for line in open_lines[:MAX_NAMED]:
        print(f"no grade: {line.name}, {line.lab}: {line.grade.status}. {line.grade.why}", file=sys.stderr)
    if len(open_lines) > MAX_NAMED:
        print(f"no grade: {len(open_lines) - MAX_NAMED} more, listed in the status file", file=sys.stderr)
    for sentence in unfit:
        print(f"no grade: {sentence}", file=sys.stderr)
    if unlisted:
        print(
            f"Graded, but not in the list of students: {', '.join(unlisted[:MAX_NAMED])}"
            f"{f' and {len(unlisted) - MAX_NAMED} more' if len(unlisted) > MAX_NAMED else ''}.",
            file=sys.stderr,
        )
    return 1 if open_lines or unlisted or unfit else 0
