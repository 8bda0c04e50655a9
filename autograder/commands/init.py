"""Set up an existing nbgrader course, or an empty folder, for this engine."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from autograder.commands.output import writing
from autograder.course import CONFIG
from autograder.course.config import load_course
from autograder.files.atomic import replacing
from autograder.model.errors import CourseError

EXAMPLE = "autograder init --course-dir my_course"
NEW = '''"""Settings of nbgrader for this course. nbgrader reads them when it is called in this folder."""

c = get_config()  # noqa: F821 (nbgrader puts it here)

c.CourseDirectory.course_id = "{course}"
'''
ADDED = """
# Added by `autograder init`: nbgrader's own commands and the formgrader's buttons grade with the engine, too.
from autograder.nbgrader_plugin import configure  # noqa: E402

configure(get_config())  # noqa: F821

# Tests that cannot be judged from outside run beside the student's code, marked weak ("auto"), or not at all ("never").
# c.Autograder.weak_tests = "auto"
"""
DONE = "nbgrader_plugin"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``autograder init``."""
    parser.add_argument("--course-dir", type=Path, default=Path(), help="the course's folder (default: this one)")


def run(args: argparse.Namespace) -> int:
    """Write or extend the course's configuration, and say what comes next."""
    root: Path = args.course_dir.resolve()
    if not root.is_dir():
        raise CourseError(f"{root} is no folder: name the course's folder.")
    path = root / CONFIG
    with writing(path):
        print(_set_up(path))
    course = load_course(root)
    unreleased = course.unreleased()
    released = [name for name in course.lab_names() if name not in unreleased]
    print(f"Labs: {', '.join(released) or 'none yet'}.")
    if unreleased:
        print(f"Not released: {', '.join(unreleased)}. `nbgrader generate_assignment` releases a lab.")
    print("Next: `autograder doctor`, then `autograder check`.")
    return 0


def _set_up(path: Path) -> str:
    if not path.exists():
        course = re.sub(r"[^\w-]+", "-", path.parent.name).strip("-") or "course"
        before, said = NEW.format(course=course), f"{path}: written."
    else:
        before, said = path.read_text(encoding="utf-8"), f"{path}: extended."
        if DONE in before:
            return f"{path}: nothing to do."
    with replacing(path) as draft:
        draft.write_text(before.rstrip("\n") + "\n" + ADDED, encoding="utf-8")
    return said
