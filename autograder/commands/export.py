"""Write grades to a file that Moodle or Canvas imports, and list who has no grade yet."""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

from autograder.commands.output import writing
from autograder.course.config import Course, load_course
from autograder.course.submissions import some_of
from autograder.files.atomic import refuse_odd_target
from autograder.gradebook.grades import LabGrade, Status, max_score, read_grades
from autograder.gradebook.lateness import follow_due_date
from autograder.gradebook.store import Store
from autograder.lms.people import Person, people_of_gradebook, recognise
from autograder.lms.status import StatusLine, needs_a_look, status_table
from autograder.lms.system import Lms
from autograder.lms.systems import SYSTEMS, lms_of_list
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
    parser.add_argument("--lms", choices=(*SYSTEMS, "csv"), required=True, help="the format of the file")
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
        course.labs_of(lab)
    lms = SYSTEMS.get(args.lms)
    if lms is not None and args.students is None:
        raise LmsError(f"--lms {lms.name} needs --students with the CSV file from {lms.title}.")
    table = read_table(args.students) if args.students else None
    with Store(course.db_url, course.coursedir.course_id) as store:
        people = _people(table, lms, args.id_column, store)
        moved = {lab: follow_due_date(store, lab, course.late_penalty()) for lab in columns}
        grades = {lab: _grades(course, store, lab) for lab in columns}
        max_scores = {lab: max_score(store, lab) for lab in columns}
    lines, unlisted = [], []
    for lab in columns:
        for person in people:
            grade = grades[lab].setdefault(person.student, LabGrade(Status.NOT_HANDED_IN, None, max_scores[lab]))
            if args.zero_missing and grade.status is Status.NOT_HANDED_IN:
                grade = grades[lab][person.student] = replace(grade, score=0.0)
            lines.append(StatusLine(person.student, person.name, person.email, lab, grade))
        unlisted += sorted(grades[lab].keys() - {person.student for person in people})
    notes = [
        f"late penalty: {change.student}, {lab}: {change.now:g} in place of {change.before:g} points."
        for lab, changes in moved.items()
        for change in changes
    ]
    if lms is None or table is None:
        write_text(args.output, status_table(lines).text())
    else:
        notes += table.notes
        table, remarks = lms.fill_grades(table, people, grades, columns)
        notes += remarks
        status_file = args.output.with_name(f"{args.output.stem}.status.csv")
        write_text(status_file, status_table(lines).text())
        write_text(args.output, table.text())
        notes.append(f"The status of every grade: {status_file}")
    return _report(args.output, lines, notes, sorted(set(unlisted)), course.strays().unfit)


def _people(table: Table | None, lms: Lms | None, id_column: str | None, store: Store) -> list[Person]:
    if table is None:
        return people_of_gradebook(store)
    return recognise((lms or lms_of_list(table)).read_people(table, id_column=id_column), store)


def _grades(course: Course, store: Store, lab: str) -> dict[str, LabGrade]:
    handed: dict[str, set[str]] = defaultdict(set)
    for pending in course.pending(course.labs_of(lab)):
        handed[pending.student].add(submission_digest(pending.read()))
    return read_grades(store, lab, handed)


def _report(output: Path, lines: list[StatusLine], notes: list[str], unlisted: list[str], unfit: list[str]) -> int:
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
        print(f"Graded, but not in the list of students: {some_of(unlisted, MAX_NAMED)}.", file=sys.stderr)
    return 1 if open_lines or unlisted or unfit else 0
