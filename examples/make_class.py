"""Makes the example class: a course folder with submissions that combine answers, alternatives and mistakes.

``python -m examples.make_class FOLDER`` writes ``FOLDER/submitted/<student>/<lab>/``, adds links to the course's own
folders, and enters students and due dates into the class's gradebook. The same call always makes the same class.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from autograder.course.config import Course, load_course
from autograder.gradebook.store import Store
from autograder.model.lab import Lab
from examples.people import LOOP, NOISY, PEOPLE, WRITTEN, Person

ROOT = Path(__file__).resolve().parent.parent
LINKED = ("source", "release", "solutions", "mistakes", "alternatives", "editions")
DUE = datetime(2026, 3, 13, 18, 0)
_NOTE = re.compile(r"^# (?:fails|spreads): .*\n", re.MULTILINE)
CONFIG = '''"""Configuration of the example class: the course's own. Written by examples/make_class.py."""

import os

load_subconfig("{config}")  # noqa: F821
c = get_config()  # noqa: F821
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
'''


def main() -> int:
    """Make the class, or update it to the course's current labs and answers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "example_class")
    folder = parser.parse_args().folder.resolve()
    make_class(folder)
    print(f"Wrote the submissions of {len(PEOPLE)} students of the example class to {folder / 'submitted'}")
    return 0


def make_class(folder: Path) -> None:
    """Write the whole class into ``folder``; an existing gradebook is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in LINKED:
        link = folder / name
        if (ROOT / name).exists() and not link.exists():
            link.symlink_to(ROOT / name, target_is_directory=True)
    config = Path(os.path.relpath(ROOT / "nbgrader_config.py", folder)).as_posix()
    (folder / "nbgrader_config.py").write_text(CONFIG.format(config=config), encoding="utf-8")
    course = load_course(folder)
    labs = [course.lab(name) for name in course.lab_names()]
    _prepare_gradebook(course, labs)
    for person in PEOPLE:
        for lab in labs:
            _hand_in(folder / "submitted" / person.name / lab.name, person, lab)


def _prepare_gradebook(course: Course, labs: list[Lab]) -> None:
    with Store(course.db_url, course.coursedir.course_id) as store:
        for lab in labs:
            store.add_lab(lab)
    with Gradebook(course.db_url, course.coursedir.course_id) as gradebook:
        for lab in labs:
            gradebook.find_assignment(lab.name).duedate = DUE
        for person in PEOPLE:
            gradebook.update_or_create_student(person.name, first_name=person.first_name, last_name=person.last_name)
        gradebook.db.commit()


def _hand_in(folder: Path, person: Person, lab: Lab) -> None:
    if lab.name in person.missing:
        shutil.rmtree(folder, ignore_errors=True)
        return
    notebook = fill_notebook(person, lab)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / f"{lab.name}.ipynb", json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")
    handed = DUE + timedelta(hours=person.hours_late)
    _write(folder / "timestamp.txt", f"{handed:%Y-%m-%d %H:%M:%S} UTC\n")


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def fill_notebook(person: Person, lab: Lab) -> dict[str, Any]:
    """The release notebook, filled in as this person hands it in."""
    notebook: dict[str, Any] = json.loads(lab.release)
    right = _answers(lab)
    dice = random.Random(f"{person.name}/{lab.name}")
    for cell in notebook["cells"]:
        exercise = cell["metadata"].get("autograder", {}).get("exercise")
        role = cell["metadata"].get("autograder", {}).get("role")
        if role == "answer":
            cell["source"] = _answer(person, exercise, right[exercise], cell["source"], dice)
        elif role == "written" and dice.random() < person.writes:
            cell["source"] = dice.choice(WRITTEN)
    return notebook


def _answer(person: Person, exercise: str, right: str, stub: str, dice: random.Random) -> str:
    """The text of one answer cell: right, right in an unusual form, a known mistake, or the unchanged stub."""
    if exercise in person.loops:
        return LOOP
    roll = dice.random()
    wrong, unusual = _texts("mistakes", exercise), _texts("alternatives", exercise)
    if roll < person.right:
        return dice.choice([right, *unusual]) if person.unusual else right
    if roll < person.right + person.wrong and wrong:
        return dice.choice(wrong)
    return stub


def _answers(lab: Lab) -> dict[str, str]:
    """Exercise -> text of the reference answer, from the source notebook."""
    answers = {}
    for cell in json.loads(lab.source)["cells"]:
        metadata = cell["metadata"].get("autograder", {})
        if metadata.get("role") == "answer":
            lines = "".join(cell["source"]).splitlines()
            answers[metadata["exercise"]] = "\n".join(line for line in lines if not line.strip().startswith("### "))
    return answers


def _texts(kind: str, exercise: str) -> list[str]:
    """Answers of the catalogue without their docstrings and its notes, which no student would write."""
    return [
        _NOTE.sub("", path.read_text(encoding="utf-8").split('"""', 2)[2]).strip()
        for path in sorted((ROOT / kind / exercise).glob("*.py"))
        if f"{exercise}/{path.stem}" not in NOISY
    ]


if __name__ == "__main__":
    raise SystemExit(main())
