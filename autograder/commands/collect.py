"""Unpack an LMS's bulk download of submissions into submitted/."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from autograder.course.config import load_course
from autograder.gradebook.store import Store
from autograder.lms.archive import Archive
from autograder.lms.collect import Collected, SubmissionCollector, parse_zone
from autograder.lms.people import recognise, remember
from autograder.lms.system import Lms
from autograder.lms.systems import SYSTEMS
from autograder.lms.table import read_table
from autograder.model.lab import assignment_of

EXAMPLE = "autograder collect submissions.zip --lms moodle --lab 01_single_neuron --students grading_worksheet.csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``autograder collect``."""
    parser.add_argument("zip", type=Path, metavar="ZIP", help="the zip as downloaded from the LMS")
    parser.add_argument("--lms", choices=tuple(SYSTEMS), required=True, help="the LMS that the zip comes from")
    parser.add_argument("--lab", required=True, help="the lab that the submissions are for")
    parser.add_argument(
        "--students",
        type=Path,
        required=True,
        metavar="CSV",
        help="Moodle: grading worksheet (has times) or list of participants; Canvas: gradebook export",
    )
    parser.add_argument("--id-column", metavar="NAME", help="column of the CSV that students' folders are named after")
    parser.add_argument("--timezone", metavar="ZONE", help="time zone of the CSV (default: this machine's)")
    parser.add_argument("--replace", action="store_true", help="replace submissions that may be newer")
    parser.add_argument("--course-dir", type=Path, help="the course's folder (default: this one)")
    parser.add_argument("--db", metavar="URL", help="gradebook, e.g. postgresql+psycopg://host/gradebook")


def run(args: argparse.Namespace) -> int:
    """Collect; return 0 if all was taken, 1 if something needs a look."""
    course = load_course(args.course_dir, args.db)
    args.lab = assignment_of(course.labs_of(args.lab)[0])
    lms, zone = SYSTEMS[args.lms], parse_zone(args.timezone)
    table = read_table(args.students)
    with Archive(args.zip) as archive, Store(course.db_url, course.coursedir.course_id) as store:
        people = recognise(lms.read_people(table, zone, args.id_column), store)
        collector = SubmissionCollector(course.submitted, args.lab, lms, people, course.limits, replace=args.replace)
        collected = collector.collect(archive)
        remember([person for person in people if person.student in collected.students], store)
    return _report(collected, lms)


def _report(collected: Collected, lms: Lms) -> int:
    print(
        f"{len(collected.taken)} taken, {len(collected.unchanged)} unchanged, {len(collected.kept)} kept as they were, "
        f"{len(collected.refused)} refused, {len(collected.unknown)} from unknown students."
    )
    for note in collected.notes:
        print(note)
    if collected.late:
        print(f"Late according to {lms.title}, which does not say when: {'; '.join(sorted(collected.late))}.")
    for title, sentences in (("kept", collected.kept), ("refused", collected.refused), ("unknown", collected.unknown)):
        for sentence in sentences:
            print(f"{title}: {sentence}", file=sys.stderr)
    return 1 if collected.kept or collected.refused or collected.unknown else 0
