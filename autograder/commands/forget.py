"""Remove everything that the course holds of one student."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from autograder.commands.existing import find_student, is_folder_name, require_gradebook
from autograder.course.config import Course, load_course
from autograder.course.submissions import RECEIPTS, escaped, some_of
from autograder.gradebook.database import Database
from autograder.gradebook.removal import count_rows, remove_student
from autograder.gradebook.store import Store
from autograder.gradebook.students import read_students
from autograder.grading.spool import Spool
from autograder.grading.traces import Traces, find_traces, remove
from autograder.model.errors import CourseError, GradingStopped

EXAMPLE = "autograder forget ada"
MAX_NAMED = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``autograder forget``."""
    parser.add_argument("student", metavar="STUDENT", help="id or e-mail address of the student")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--course-dir", type=Path, help="the course's folder (default: this one)")
    parser.add_argument("--db", metavar="URL", help="gradebook, e.g. postgresql+psycopg://host/gradebook")


def run(args: argparse.Namespace) -> int:
    """Show what there is, ask, and remove it; return 0, or 1 if the answer is no."""
    course = load_course(args.course_dir, args.db)
    if not _left_behind(course, args.student):
        require_gradebook(course)
    with (
        Store(course.db_url, course.coursedir.course_id) as store,
        closing(Spool(course.root, course.autograded)) as spool,
    ):
        student = _student(course, store, args.student)
        labs = sorted({*course.lab_names(), *_folders(course, student)})
        traces = find_traces(course, spool, student, labs, _names(store, student))
        rows = count_rows(store, student)
        _show(course, student, traces, rows)
        if not args.yes and not _agreed():
            print("Nothing was removed.")
            return 1
        claimed = [lab for lab in labs if spool.claim(lab, student)]
        if len(claimed) < len(labs):
            raise GradingStopped(f"{student} is being graded at the moment: run the command again when that has ended.")
        remove_student(store, student)  # first: a run that starts now finds nobody to grade again
        remove(traces, student)
    print(f"{student} is removed: {rows} rows of the gradebook, {len(traces.own)} files and folders.")
    _advise(course, traces)
    return 0


def _student(course: Course, store: Store, wanted: str) -> str:
    """The id: of somebody in the gradebook or in ``submitted/``, or of whom only traces are left."""
    if is_folder_name(wanted) and (count_rows(store, wanted) or _left_behind(course, wanted)):
        return wanted
    student = find_student(course, store, wanted)
    if not is_folder_name(student):
        raise CourseError(f"{escaped(student)} cannot be the id of a student: remove the folder by hand.")
    return student


def _left_behind(course: Course, student: str) -> bool:
    """Whether there is a folder or a receipt of the student."""
    return bool(_folders(course, student)) or any(
        path.stem == student for path in (course.submitted / RECEIPTS).glob("*/*.json")
    )


def _folders(course: Course, student: str) -> set[str]:
    """Names of the labs for which there is a folder of the student."""
    found = set()
    for folder in (course.submitted, course.autograded, course.feedback):
        path = folder / student
        if path.is_dir() and not path.is_symlink():
            found |= {inside.name for inside in path.iterdir()}
    return found


def _names(database: Database, student: str) -> list[str]:
    """What else the gradebook calls the student."""
    found = next((each for each in read_students(database) if each.id == student), None)
    if found is None:
        return []
    full, sortable = f"{found.first} {found.last}".strip(), f"{found.last}, {found.first}"
    return [full, *([sortable] if found.first and found.last else []), found.email]


def _show(course: Course, student: str, traces: Traces, rows: int) -> None:
    print(f"Of {student} there are {rows} rows in the gradebook, and:")
    for path in traces.own[:MAX_NAMED]:
        print(f"  {_shown(path, course)}")
    if len(traces.own) > MAX_NAMED:
        print(f"  and {len(traces.own) - MAX_NAMED} more")
    for path in traces.logs:
        print(f"  the id in {_shown(path, course)}")


def _agreed() -> bool:
    try:
        answer = input("Remove all of this for good? There is no way back but a backup. [y/N] ")
    except EOFError:
        print()
        raise CourseError("Nobody is there to answer: add --yes to remove it without being asked.") from None
    return answer.strip().casefold() in ("y", "yes")


def _advise(course: Course, traces: Traces) -> None:
    """What only a person can remove."""
    if traces.named_in:
        names = some_of([_shown(path, course) for path in traces.named_in], MAX_NAMED)
        print(f"These still name the student: {names}. Make them again (`autograder report`), or remove them.")
    if traces.aside:
        names = some_of([_shown(path, course) for path in traces.aside], MAX_NAMED)
        print(f"Put aside as somebody unknown's, perhaps the same student's: {names}.", file=sys.stderr)
    print(
        "Not touched: downloads of the LMS (collecting them again brings the student back), backups, zips of feedback, "
        "nbgrader's exchange."
    )


def _shown(path: Path, course: Course) -> str:
    return escaped(str(path.relative_to(course.root) if path.is_relative_to(course.root) else path))
