"""Grade everything in submitted/ that is new or changed, in parallel."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from autograder.commands.progress import Progress
from autograder.commands.summary import print_summary
from autograder.course.config import Course, load_course
from autograder.course.submissions import Strays, students
from autograder.gradebook.store import Store
from autograder.grading import executors
from autograder.grading.batch import Batch
from autograder.grading.spool import Outputs
from autograder.grading.worker_client import Settings
from autograder.model.errors import CourseError, GradingStopped, Interrupted

EXAMPLE = "autograder grade 01_single_neuron --workers 4"
TLS = ("ca_file", "client_cert", "client_key")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``autograder grade``."""
    parser.add_argument("labs", nargs="*", metavar="LAB", help="labs to grade (default: all that were built)")
    parser.add_argument("--course-dir", type=Path, help="the course's folder (default: this one)")
    parser.add_argument("--student", default="*", help="only this student; * and ? match as in file names")
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
    """Grade, show what came out; 0 when all is graded, 1 when something needs a look, 2 when nothing could be done."""
    course = load_course(args.course_dir, args.db)
    try:
        return _grade(course, args)
    except KeyboardInterrupt as error:
        raise Interrupted("stopped. What is graded is saved: run the same command again to go on.") from error
    except OSError as error:
        raise GradingStopped(
            f"{error.strerror}: {error.filename or ''} What is graded is saved: "
            "fix this and run the same command again."
        ) from error


def _grade(course: Course, args: argparse.Namespace) -> int:
    labs = {name: course.lab(name) for name in args.labs or course.lab_names()}
    if not labs:
        raise CourseError("There is no lab in source/: run `make build` first.")
    handed = list(course.handed(list(labs), args.student))
    strays = course.strays(args.student)
    if not handed:
        raise CourseError(_nothing(course, list(labs), args.student, strays))
    tls = {name: path for name in TLS if (path := getattr(args, f"tls_{name}")) is not None}
    if tls and len(tls) < len(TLS):
        raise CourseError("TLS takes --tls-ca-file, --tls-client-cert and --tls-client-key: give all three.")
    settings = Settings(course.limits, unsafe=args.unsafe)
    pool = executors.cluster(args.scheduler, tls) if args.scheduler else executors.local(args.workers)
    outputs = Outputs(course.root, course.autograded)
    with Store(course.db_url, course.coursedir.course_id, course.late_penalty()) as store:
        with pool as ready, Progress(len(handed)) as progress:
            batch = Batch(store, outputs, ready, settings, regrade=args.regrade, force=args.force)
            tally = batch.run(handed, labs, progress.saved)
        return print_summary(store, tally, labs, course, strays)


def _nothing(course: Course, labs: list[str], student: str, strays: Strays) -> str:
    """Why there is nothing to grade, and what may have been meant."""
    if student != "*" and not students(course.submitted, student):
        sentence = f"--student {student} matches no folder in {course.submitted}: check the id."
    else:
        where = course.submitted / ("<student>" if student == "*" else student)
        sentence = f"Nothing was handed in: {where} has no folder for {', '.join(labs)}."
    return " ".join([sentence, *strays.unfit, *strays.passed_over])


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of workers: give 1 or more")
    return int(text)


def _address(text: str) -> str:
    # Dask's client prints a traceback of its own, a minute later, for an address that it cannot read.
    if not re.fullmatch(r"(\w+://)?[^/]+:\d+", text):
        raise argparse.ArgumentTypeError(f"{text} is no address with a port: give one like tcp://host:8786")
    return text
