"""Try a lab's tests on its reference answers and its untouched release, and say how each test can be judged."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from autograder.course.config import Course, load_course
from autograder.grading.worker_client import Settings, WorkerDied, check_lab
from autograder.model.errors import AutograderError, CourseError
from autograder.model.standing import CheckedTest, Standing

EXAMPLE = "autograder check hw1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``autograder check``."""
    parser.add_argument("labs", nargs="*", metavar="LAB", help="labs to check (default: all that are released)")
    parser.add_argument("--course-dir", type=Path, help="the course's folder (default: this one)")
    parser.add_argument("--unsafe", action="store_true", help="check without isolation where there is none")


def run(args: argparse.Namespace) -> int:
    """Check; 0 if every test can be judged as the course wants it, 1 if one cannot or a lab cannot be read."""
    course = load_course(args.course_dir)
    unreleased = course.unreleased()
    labs = [lab for name in args.labs for lab in course.labs_of(name)] or [
        lab for lab in course.lab_names() if lab not in unreleased
    ]
    if not labs:
        raise CourseError(
            f"No lab in {course.coursedir.source_directory}/ is released: run `nbgrader generate_assignment` first."
        )
    return check_labs(course, labs, unsafe=args.unsafe)


def check_labs(course: Course, labs: Sequence[str], *, unsafe: bool = False) -> int:
    """Check labs and print a line per test.

    Args:
        course: the course.
        labs: names of labs.
        unsafe: check without isolation where the machine offers none.

    Returns:
        0 if every test can be judged as the course wants it, else 1.
    """
    settings = Settings(course.limits, unsafe=unsafe, weak_tests="auto")
    never = course.autograder.weak_tests == "never"
    counts: Counter[Standing] = Counter()
    failed = False
    for name in labs:
        print(name)
        try:
            tests = check_lab(course.lab(name), settings)
        except (AutograderError, WorkerDied) as error:
            print(f"autograder: {name} cannot be checked: {error}", file=sys.stderr)
            failed = True
            continue
        for test in tests:
            print(f"  {_line(test)}")
        counts.update(test.standing for test in tests)
    print(_total(counts, never=never))
    return 1 if failed or counts[Standing.BROKEN] or (never and counts[Standing.WEAK]) else 0


def _line(test: CheckedTest) -> str:
    if test.standing is Standing.OUTSIDE:
        return f"{test.standing:8}{test.test}"
    where = f"line {test.line}: " if test.line else ""
    return f"{test.standing:8}{test.test}: {where}{test.reason}. Instead: {test.advice}."


def _total(counts: Counter[Standing], *, never: bool) -> str:
    total = f"{counts[Standing.OUTSIDE]} of {counts.total()} outside, {counts[Standing.WEAK]} weak"
    if counts[Standing.BROKEN]:
        total += f", {counts[Standing.BROKEN]} broken"
    if never and counts[Standing.WEAK]:
        total += ' (c.Autograder.weak_tests is "never": a person grades the weak ones)'
    return total
