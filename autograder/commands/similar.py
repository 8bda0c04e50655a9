"""List pairs of students who share what is rare in their class, side by side."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from autograder.commands.class_work import compare_class
from autograder.commands.existing import require_gradebook
from autograder.commands.output import writing
from autograder.course.config import Course, load_course
from autograder.course.submissions import some_of
from autograder.files.atomic import refuse_odd_target, replacing
from autograder.gradebook.store import Store
from autograder.gradebook.students import read_students
from autograder.model.errors import CourseError
from autograder.report.similar_page import render_similar, telling

EXAMPLE = "autograder similar 01_single_neuron"
MOST = 20
REASONS = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``autograder similar``."""
    parser.add_argument("lab", metavar="LAB", help="the lab, whose submissions are graded")
    parser.add_argument("--most", type=_positive, default=MOST, metavar="N", help=f"pairs to list (default: {MOST})")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="the page (default: report/similar-LAB.html in the course)"
    )
    parser.add_argument("--course-dir", type=Path, help="the course's folder (default: this one)")
    parser.add_argument("--db", metavar="URL", help="gradebook, e.g. postgresql+psycopg://host/gradebook")


def run(args: argparse.Namespace) -> int:
    """Compare, print the pairs and write the page; return 0."""
    course = load_course(args.course_dir, args.db)
    course.lab(args.lab)
    path: Path = args.output or course.root / "report" / f"similar-{args.lab}.html"
    with writing(path):
        refuse_odd_target(path)
    found = compare_class(course, args.lab, args.most)
    if not found.students:
        raise CourseError(f"No submission of {args.lab} is graded yet: run `autograder grade {args.lab}` first.")
    names = _names(course)
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as draft:
            page = render_similar(found.pairs, args.lab, found.students, found.told, names)
            draft.write_text(page, encoding="utf-8", newline="")
    for number, pair in enumerate(found.pairs, 1):
        print(
            f"{number}. {' and '.join(names.get(work.student) or work.student for work in (pair.first, pair.second))}"
        )
        for reason in pair.reasons()[:REASONS]:
            print(f"   {reason}")
    if not found.pairs:
        print(f"Nobody stands out among the {found.students} graded submissions of {args.lab}.")
    print(telling(found.students, found.told))
    if found.left_out:
        print(f"left out, since the graded notebook cannot be read: {some_of(found.left_out)}.", file=sys.stderr)
    print(f"{path}\nWhat is listed is in common and rare. Why it is in common, only a conversation can tell.")
    return 0


def _names(course: Course) -> dict[str, str]:
    """Student id -> full name and id."""
    require_gradebook(course)
    with Store(course.db_url, course.coursedir.course_id) as store:
        listed = read_students(store)
    return {
        student.id: f"{name} ({student.id})"
        for student in listed
        if (name := " ".join(filter(None, (student.first, student.last))))
    }


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of pairs: give 1 or more")
    return int(text)
