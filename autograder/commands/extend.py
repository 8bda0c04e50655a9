"""Give one student more time for a lab."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from autograder.commands.existing import find_student, require_gradebook
from autograder.course.config import load_course
from autograder.gradebook.lateness import Extension, follow_due_date, grant, read_extension
from autograder.gradebook.store import Store
from autograder.lms.times import parse_time, parse_zone
from autograder.model.errors import CourseError

EXAMPLE = (
    "autograder extend ada 01_single_neuron --days 2\n"
    '         autograder extend ada 01_single_neuron --until "2026-10-18 18:00" --timezone Europe/Kyiv\n'
    "         autograder extend ada 01_single_neuron --none"
)
UNITS = ("weeks", "days", "hours", "minutes")
MOST = datetime.timedelta(days=3660)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``autograder extend``."""
    parser.add_argument("student", metavar="STUDENT", help="id or e-mail address of the student")
    parser.add_argument("lab", metavar="LAB", help="the lab")
    for unit in UNITS:
        parser.add_argument(f"--{unit}", type=_number, default=0.0, metavar="N", help=f"{unit} after the due date")
    parser.add_argument("--until", metavar="TIME", help='the new end, e.g. "2026-10-18 18:00"')
    parser.add_argument("--timezone", metavar="ZONE", help="time zone of --until (default: this machine's)")
    parser.add_argument("--none", action="store_true", help="take an extension away")
    parser.add_argument("--course-dir", type=Path, help="the course's folder (default: this one)")
    parser.add_argument("--db", metavar="URL", help="gradebook, e.g. postgresql+psycopg://host/gradebook")


def run(args: argparse.Namespace) -> int:
    """Grant, and say what follows; return 0."""
    course = load_course(args.course_dir, args.db)
    course.lab(args.lab)
    require_gradebook(course)
    with Store(course.db_url, course.coursedir.course_id) as store:
        student = find_student(course, store, args.student)
        now = read_extension(store, args.lab, student)
        extension = _extension(args, now)
        grant(store, args.lab, student, extension)
        changes = follow_due_date(store, args.lab, course.late_penalty())
    print(_sentence(student, args.lab, now, extension))
    for change in changes:
        print(f"Late penalty of {change.student}: {change.now:g} in place of {change.before:g} points.")
    return 0


def _extension(args: argparse.Namespace, now: Extension) -> datetime.timedelta:
    """How much longer than the due date.

    Raises:
        CourseError: the options give no time, several, or one that does not fit the due date.
    """
    try:
        by_units = datetime.timedelta(**{unit: getattr(args, unit) for unit in UNITS})
    except OverflowError:
        by_units = MOST + datetime.timedelta(1)
    if bool(by_units) + bool(args.until) + args.none != 1:
        raise CourseError("Say how long: --days 2 (or --weeks, --hours, --minutes), or --until TIME, or --none.")
    if args.none:
        return datetime.timedelta()
    extension = by_units
    if args.until:
        until = parse_time(args.until, parse_zone(args.timezone))
        if until is None:
            raise CourseError(f'{args.until} cannot be read as a time: give one like "2026-10-18 18:00".')
        if now.due is None:
            raise CourseError(f"{args.lab} has no due date, so nothing can end later: {_advice(args.lab)}.")
        extension = until - now.due
    if not datetime.timedelta() < extension <= MOST:
        raise CourseError(
            "An extension ends after the due date, and at most ten years later"
            + (f": {args.lab} is due at {now.due:%Y-%m-%d %H:%M} UTC." if now.due else ".")
        )
    return extension


def _sentence(student: str, lab: str, before: Extension, extension: datetime.timedelta) -> str:
    if not extension:
        return f"{student} has no extension for {lab}{'' if before.before else ', and had none'}."
    days = f"{extension.days} day{'s' if extension.days != 1 else ''}"
    length = str(extension).removesuffix(":00") if extension.seconds else days
    if before.due is None:
        return f"{student} has {length} more for {lab}, once it has a due date: {_advice(lab)}."
    end = f"{before.due + extension:%Y-%m-%d %H:%M} UTC"
    earlier = f" instead of {before.before}" if before.before else ""
    return f"{student} can hand in {lab} until {end}, {length} after the due date{earlier}."


def _advice(lab: str) -> str:
    return f'`nbgrader db assignment add {lab} --duedate="2026-10-16 18:00:00 UTC"` sets it'


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e6:
        raise argparse.ArgumentTypeError(f"{text} is no number of weeks, days, hours or minutes")
    return number
