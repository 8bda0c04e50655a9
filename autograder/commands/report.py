"""Write the class report: one HTML page, and CSV files beside it."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from autograder.commands.class_work import compare_class, graded_notebooks
from autograder.commands.existing import require_gradebook
from autograder.commands.output import writing
from autograder.course.config import Course, load_course
from autograder.files.atomic import refuse_odd_target, replacing
from autograder.gradebook.statistics import class_statistics, graded_labs
from autograder.gradebook.statistics.values import ClassStatistics
from autograder.gradebook.store import Store
from autograder.language.editions import translator
from autograder.model.errors import CourseError
from autograder.report.csv_files import FILES, csv_texts
from autograder.report.page import Page, render, sentences_of
from autograder.report.pseudonyms import read_key, without_names
from autograder.similar.pairs import Pair

MOST_COMPARED = 600  # notebooks of one lab; `autograder similar` compares any number
MOST_PAIRS = 10
EXAMPLE = "autograder report --anonymous -o report/meeting.html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``autograder report``."""
    parser.add_argument("labs", nargs="*", metavar="LAB", help="labs to report on (default: all that were graded)")
    parser.add_argument("--anonymous", action="store_true", help="pseudonyms instead of names, in the CSV files too")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="the page (default: report/class.html in the course's folder)"
    )
    parser.add_argument(
        "--language",
        metavar="LANGUAGE",
        help="language of the page, of which there is an edition (default: c.Autograder.language)",
    )
    parser.add_argument("--course-dir", type=Path, help="the course's folder (default: this one)")
    parser.add_argument("--db", metavar="URL", help="gradebook, e.g. postgresql+psycopg://host/gradebook")


def run(args: argparse.Namespace) -> int:
    """Write the report and print its files; return 0."""
    course = load_course(args.course_dir, args.db)
    default = course.root / "report" / ("class-anonymous.html" if args.anonymous else "class.html")
    path: Path = args.output or default
    if path.suffix.lower() not in (".html", ".htm") or not path.name.isprintable():  # for links to its CSV files
        raise CourseError(f"{path} is not a name for an HTML page: use printable characters and end it in .html.")
    with writing(path):
        refuse_odd_target(path)
    path = path.resolve()
    statistics = _statistics(course, args.labs)
    if args.anonymous:
        statistics = without_names(statistics, read_key(course.root))
    files = {what: f"{path.stem}-{what}.csv" for what in FILES}
    sentences = sentences_of(course.root / course.autograder.mistakes)
    language = course.autograder.language if args.language is None else args.language
    say = translator(course.editions_folder, language)
    made = datetime.datetime.now(datetime.UTC)
    title = course.coursedir.course_id or course.root.name
    similar = {lab: _similar(course, lab) for lab in statistics.labs}
    page = Page(title, made, sentences, files, not args.anonymous, similar, language or "en", say)
    texts = {path: render(statistics, page)}
    for what, text in csv_texts(statistics, sentences, named=not args.anonymous).items():
        texts[path.with_name(files[what])] = "\ufeff" + text  # Excel reads a file as UTF-8 if it starts with this mark
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    for target, text in texts.items():
        with writing(target), replacing(target) as draft:
            draft.write_text(text, encoding="utf-8", newline="")
    for target in texts:
        print(target)
    return 0


def _similar(course: Course, lab: str) -> list[Pair]:
    """Pairs of one lab that share what is rare; [] if it is gone, or there are too many notebooks for every report."""
    if (
        lab not in course.lab_names()
        or lab in course.unreleased()
        or not 2 <= len(graded_notebooks(course, lab)) <= MOST_COMPARED
    ):
        return []
    return compare_class(course, lab, MOST_PAIRS).pairs


def _statistics(course: Course, wanted: list[str]) -> ClassStatistics:
    require_gradebook(course)
    with Store(course.db_url, course.coursedir.course_id) as store:
        graded = graded_labs(store)
        if not graded:
            raise CourseError("Nothing is graded yet: run `autograder grade` first.")
        unknown = [lab for lab in wanted if lab not in graded]
        if unknown:
            raise CourseError(f"No submission of {', '.join(unknown)} is graded. Graded labs: {', '.join(graded)}.")
        return class_statistics(store, [lab for lab in graded if not wanted or lab in wanted])
