"""Unpack an LMS's bulk download of submissions into submitted/."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from autograder.course.config import load_course
from autograder.course.submissions import some_of
from autograder.gradebook.store import Store
from autograder.lms.archive import Archive
from autograder.lms.collect import Collected, SubmissionCollector
from autograder.lms.groups import groups_of_list, read_groups
from autograder.lms.owners import OwnerFinder
from autograder.lms.people import Person, recognise, remember
from autograder.lms.system import Lms
from autograder.lms.systems import SYSTEMS
from autograder.lms.table import read_table
from autograder.lms.times import name_of_zone, parse_zone
from autograder.model.lab import assignment_of, notebook_of

MAX_NAMED = 10
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
    parser.add_argument(
        "--timezone", metavar="ZONE", help="time zone of the CSV's times, e.g. Europe/Kyiv (default: this machine's)"
    )
    parser.add_argument(
        "--groups", type=Path, metavar="CSV", help="who hands in together: a column group, and members' ids or names"
    )
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
        groups = read_groups(read_table(args.groups), people) if args.groups else groups_of_list(people)
        owners = OwnerFinder(lms, people, groups)
        notebooks = [notebook_of(lab) for lab in course.labs_of(args.lab)]
        collector = SubmissionCollector(
            course.submitted, args.lab, notebooks, lms, owners, course.limits, replace=args.replace
        )
        collected = collector.collect(archive)
        remember([person for person in people if person.student in collected.students], store)
    collected.notes += table.notes
    if groups.strangers:
        collected.notes.append(f"In the list of groups, but not in the list of students: {some_of(groups.strangers)}.")
    collected.notes += _about_times(people, collected, lms, zone)
    return _report(collected, lms)


def _about_times(people: list[Person], collected: Collected, lms: Lms, zone: datetime.tzinfo | None) -> list[str]:
    """How the times of the list were taken, as sentences."""
    if any(person.handed_in for person in people):
        known = "" if zone else " (--timezone names another)"
        return [f"The list's times are taken as times of {name_of_zone(zone)}{known}."]
    if lms.list_names_uploads and collected.taken and not collected.untimed:
        return ["The list has no times of submission: nobody can tell who was late. A grading worksheet has them."]
    return []


def _report(collected: Collected, lms: Lms) -> int:
    print(
        f"{len(collected.taken)} taken, {len(collected.unchanged)} unchanged, {len(collected.kept)} kept as they were, "
        f"{len(collected.refused)} refused, {len(collected.unknown)} from unknown students."
    )
    for note in collected.notes:
        print(note)
    if collected.late:
        print(f"Late according to {lms.title}, which does not say when: {'; '.join(sorted(collected.late))}.")
    if collected.not_submitted:
        print(f"Drafts that their students have not submitted: {some_of(collected.not_submitted, MAX_NAMED)}.")
    for title, sentences in (("kept", collected.kept), ("refused", collected.refused), ("unknown", collected.unknown)):
        for sentence in sentences:
            print(f"{title}: {sentence}", file=sys.stderr)
    if collected.untimed:
        print(
            f"times: {some_of(collected.untimed, MAX_NAMED)}: these times could not be read, so nobody can tell who "
            f"was late. Download the list with {lms.title}'s language set to English.",
            file=sys.stderr,
        )
    return 1 if collected.kept or collected.refused or collected.unknown or collected.untimed else 0
