"""Pack feedback pages into the zip that Moodle or Canvas hands out to the students."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from autograder.commands.output import writing
from autograder.course.config import Course, load_course
from autograder.course.receipts import read_receipts
from autograder.course.submissions import some_of
from autograder.files.atomic import refuse_odd_target
from autograder.files.zips import write_zip
from autograder.gradebook.shown import shown_grades
from autograder.gradebook.store import Store
from autograder.language.editions import translator
from autograder.lms.feedback import gather
from autograder.lms.people import Person, recognise
from autograder.lms.system import Lms
from autograder.lms.systems import SYSTEMS
from autograder.lms.table import read_table
from autograder.model.errors import LmsError
from autograder.model.lab import assignment_of

EXAMPLE = "autograder feedback --lms moodle --lab 01_single_neuron -o feedback.zip"
MAX_NAMED = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``autograder feedback``."""
    parser.add_argument("--lms", choices=tuple(SYSTEMS), required=True, help="the LMS that the zip is for")
    parser.add_argument("--lab", required=True, help="the lab whose feedback is returned")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="ZIP", help="the zip to write")
    parser.add_argument(
        "--students",
        type=Path,
        metavar="CSV",
        help="Moodle's grading worksheet, for submissions that were not unpacked by `autograder collect`",
    )
    parser.add_argument("--id-column", metavar="NAME", help="as for `autograder collect`")
    parser.add_argument(
        "--language",
        metavar="LANGUAGE",
        help="make the pages in this language first (default: they are as `nbgrader generate_feedback` made them)",
    )
    parser.add_argument("--course-dir", type=Path, help="the course's folder (default: this one)")
    parser.add_argument("--db", metavar="URL", help="gradebook, e.g. postgresql+psycopg://host/gradebook")


def run(args: argparse.Namespace) -> int:
    """Pack; return 0 if every student's page is in the zip, 1 if some are not."""
    course = load_course(args.course_dir, args.db)
    with writing(args.output):
        refuse_odd_target(args.output)
    labs = course.labs_of(args.lab)
    if len(labs) > 1:
        raise LmsError(f"{args.lab} has several notebooks: pack the feedback of one of them, {' or '.join(labs)}.")
    args.lab = labs[0]
    if args.language is not None:
        _make_pages(course, args.lab, args.language, args.db)
    lms = SYSTEMS[args.lms]
    students = [pending.student for pending in course.pending([args.lab])]
    if not students:
        raise LmsError(f"Nobody has handed in {args.lab}: there is no feedback to return.")
    with Store(course.db_url, course.coursedir.course_id) as store:
        people, grades = _people(store, lms, args), shown_grades(store, args.lab)
    language = course.autograder.language if args.language is None else args.language
    grades = {student: f"{grades.get(student, '')}{language}" for student in students}
    pages = gather(
        students,
        args.lab,
        lms,
        (course.feedback, course.autograded),
        read_receipts(course.submitted, args.lab),
        people,
        grades,
    )
    if pages.files:
        with writing(args.output):
            count = write_zip(args.output, pages.files)
        print(f"{args.output}: feedback for {count} students. {lms.upload_advice}")
    for names, sentence in (
        (pages.missing, f"no feedback page: run `nbgrader generate_feedback {args.lab}`"),
        (pages.stale, f"the page is older than the grade or a comment: run `nbgrader generate_feedback {args.lab}`"),
        (pages.unnamed, lms.label_advice),
    ):
        if names:
            print(f"left out: {some_of(names, MAX_NAMED)}: {sentence}.", file=sys.stderr)
    if not pages.files:
        raise LmsError("No zip was written: no page can go into it.")
    return 1 if pages.missing or pages.stale or pages.unnamed else 0


def _make_pages(course: Course, lab: str, language: str, db_url: str | None) -> None:
    """Have nbgrader make the pages in a language that is not the course's own setting."""
    translator(course.editions_folder, language)  # refuses a language without an edition, with its own sentence
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", assignment_of(lab)]
    command += [f"--Autograder.language={language}", *([f"--CourseDirectory.db_url={db_url}"] if db_url else [])]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["nothing"]
        raise LmsError(f"nbgrader could not make the pages; it ended with: {said[-1]}")


def _people(store: Store, lms: Lms, args: argparse.Namespace) -> dict[str, Person]:
    if args.students is None:
        return {}
    if not lms.list_names_uploads:
        raise LmsError(f"{lms.title}'s list of students has no file names: leave out --students.")
    people = recognise(lms.read_people(read_table(args.students), id_column=args.id_column), store)
    return {person.student: person for person in people}
