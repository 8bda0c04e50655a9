"""Pack the files for students, and refuse if any of them shows an answer or a hidden test."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from autograder.course.config import Course, load_course
from autograder.files.zips import write_zip
from autograder.language.editions import translator
from autograder.model.errors import CourseError
from autograder.publish.check import check
from autograder.publish.contents import Contents, Publish, gather

EXAMPLE = (
    "autograder publish 01_single_neuron 02_two_neurons --answers 01_single_neuron --zip students.zip\n"
    "         autograder publish --site public_html/labs --pyodide ~/pyodide"
)
MAX_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``autograder publish``."""
    parser.add_argument("labs", nargs="*", metavar="LAB", help="labs to publish (default: all that were built)")
    parser.add_argument(
        "--answers", nargs="+", default=[], metavar="LAB", help="labs whose answers are included (default: none)"
    )
    target = parser.add_mutually_exclusive_group()
    target.add_argument("--zip", type=Path, metavar="FILE", help="the zip to write (default: students.zip)")
    target.add_argument("--folder", type=Path, metavar="DIR", help="a new folder to write instead")
    target.add_argument(
        "--site", type=Path, metavar="DIR", help="a site of static files instead, in which the labs run in the browser"
    )
    parser.add_argument(
        "--pyodide",
        metavar="URL_OR_FOLDER",
        help="the site's Python: an address, or a folder that is copied into the site (default: c.Publish.pyodide)",
    )
    parser.add_argument(
        "--language", metavar="LANGUAGE", help="publish the edition in this language (default: c.Autograder.language)"
    )
    parser.add_argument("--course-dir", type=Path, help="the course's folder (default: this one)")


def run(args: argparse.Namespace) -> int:
    """Publish; return 0 if the files are written, 1 if something would leak."""
    course = load_course(args.course_dir)
    labs = args.labs or course.lab_names()
    if not labs:
        raise CourseError("There is no lab in source/: run `make build` first.")
    if strangers := set(args.answers) - set(labs):
        raise CourseError(f"--answers names {', '.join(sorted(strangers))}; the published labs are: {', '.join(labs)}.")
    if args.pyodide and not args.site:
        raise CourseError("--pyodide belongs to a site: give --site DIR as well.")
    if args.folder and args.folder.exists() and (not args.folder.is_dir() or any(args.folder.iterdir())):
        raise CourseError(f"{args.folder} exists already: remove it, or name another folder.")
    language = course.autograder.language if args.language is None else args.language
    contents = gather(course, sorted(set(labs)), args.answers, language)
    leaks = check(course, contents)
    if leaks:
        for leak in leaks[:MAX_SHOWN]:
            print(leak, file=sys.stderr)
        more = f" The first {MAX_SHOWN} are shown." if len(leaks) > MAX_SHOWN else ""
        print(f"autograder: nothing was published: {len(leaks)} lines would leak.{more}", file=sys.stderr)
        return 1
    answers = f"Answers: {', '.join(contents.named) or 'none'}."
    if args.site:
        for doubt in _write_site(course, contents, args):
            print(f"autograder: {doubt}", file=sys.stderr)
        print(f"{args.site}: a site, whose start page is index.html. Labs: {', '.join(sorted(set(labs)))}. {answers}")
    else:
        print(f"{_write(contents, args)}: {len(contents.files)} files for students. {answers}")
    if contents.without:
        names = ", ".join(contents.without)
        print(f"In-class copies without %load cells, because their answers are not published: {names}.")
    return 0


def _write_site(course: Course, contents: Contents, args: argparse.Namespace) -> list[str]:
    from autograder.publish.site import write_site  # late: only this needs it

    pyodide = args.pyodide or str(Publish(config=course.config).pyodide)
    say = translator(course.editions_folder, contents.language)
    course_id = course.coursedir.course_id
    title = say.message("Labs of {course}", course=course_id) if course_id else say.message("Labs")
    return write_site(contents, args.site, title, pyodide, say)


def _write(contents: Contents, args: argparse.Namespace) -> Path:
    files = sorted(contents.files.items())
    if not args.folder:
        target: Path = args.zip or Path("students.zip")
        write_zip(target, [(f"{target.stem}/{name}", content) for name, content in files])
        return target
    folder: Path = args.folder.resolve()
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.draft")
    try:
        for name, content in files:
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        draft.replace(folder)  # replaces an empty folder, too
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder
