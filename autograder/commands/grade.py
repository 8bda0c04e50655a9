"""Grade everything in submitted/ that is new or changed, in parallel."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from autograder.commands.progress import Progress
from autograder.commands.summary import print_summary
from autograder.course.config import load_course
from autograder.grading.run import RunOptions, find_work, grading_run
from autograder.model.errors import CourseError

EXAMPLE = "autograder grade 01_single_neuron --workers 4"
TLS = ("ca_file", "client_cert", "client_key")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``autograder grade``."""
    parser.add_argument("labs", nargs="*", metavar="LAB", help="labs to grade (default: all that were built)")
    parser.add_argument("--course-dir", type=Path, help="the course's folder (default: this one)")
    parser.add_argument(
        "--student", action="append", help="grade and show only this student; * and ? match as in file names"
    )
    parser.add_argument("--workers", type=_positive, help="submissions at a time (default: one per core)")
    parser.add_argument(
        "--scheduler", type=_address, metavar="ADDRESS", help="grade on a Dask cluster, e.g. tcp://host:8786"
    )
    for name in TLS:
        parser.add_argument(f"--tls-{name.replace('_', '-')}", type=Path, metavar="FILE", help="for a tls:// scheduler")
    parser.add_argument("--db", metavar="URL", help="gradebook, e.g. postgresql+psycopg://host/gradebook")
    parser.add_argument("--regrade", action="store_true", help="also what was graded with other tests than today's")
    parser.add_argument("--force", action="store_true", help="everything, changed or not")
    parser.add_argument(
        "--unsafe", action="store_true", help="grade without isolation where there is none; records say so"
    )


def run(args: argparse.Namespace) -> int:
    """Grade, show the results; 0 when all is graded, 1 when something needs a look, 2 when nothing could be done."""
    student, *more = args.student or ["*"]
    if more:
        raise CourseError("Give --student once: * and ? match several students, as in file names.")
    course = load_course(args.course_dir, args.db)
    unreleased = course.unreleased()
    named = [lab for name in args.labs for lab in course.labs_of(name)]
    released = [lab for lab in course.lab_names() if lab not in unreleased]
    work = find_work(course, named or released or unreleased, student)
    tls = {name: path for name in TLS if (path := getattr(args, f"tls_{name}")) is not None}
    if tls and len(tls) < len(TLS):
        raise CourseError("TLS takes --tls-ca-file, --tls-client-cert and --tls-client-key: give all three.")
    options = RunOptions(
        regrade=args.regrade,
        force=args.force,
        unsafe=args.unsafe,
        workers=args.workers,
        scheduler=args.scheduler,
        tls=tls,
    )
    with grading_run(course, options) as batch:
        with Progress(len(work.submissions)) as progress:
            tally = batch.run(work.submissions, work.labs, progress.saved)
        tally.left_out |= work.left_out
        skipped = unreleased if released and not named else []
        asked = None if student == "*" else {pending.student for pending in work.submissions}
        return print_summary(batch.store, tally, work.labs, course, course.strays(student), asked, skipped)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of workers: give 1 or more")
    return int(text)


def _address(text: str) -> str:
    # Dask's client prints a traceback of its own, a minute later, for an address that it cannot read.
    if not re.fullmatch(r"(\w+://)?[^/]+:\d+", text):
        raise argparse.ArgumentTypeError(f"{text} is no address with a port: give one like tcp://host:8786")
    return text
