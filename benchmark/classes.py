"""The benchmark's classes: course folders for this engine and for plain nbgrader, with the same submissions."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.model.lab import Lab
from examples.make_class import ROOT, fill_notebook
from examples.people import PEOPLE, Person
from tests.engine.fixtures import mini_course
from tests.engine.fixtures.mini_lab import LAB, answered

PLAIN_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "bench"
c.ClearSolutions.code_stub = {"python": "# your code here"}
c.ClearSolutions.text_stub = "*Write your answer here.*"
"""


def students(count: int) -> list[tuple[str, Person]]:
    """`count` students with the mix of the example class, without those who hand in infinite loops."""
    people = [person for person in PEOPLE if not (person.loops or person.missing)]
    return [(f"{people[i % len(people)].name}_{i:04d}", people[i % len(people)]) for i in range(count)]


def notebooks(lab: Lab, count: int) -> dict[str, dict[str, Any]]:
    """Student -> submitted notebook."""
    return {name: fill_notebook(replace(person, name=name), lab) for name, person in students(count)}


def write_class(folder: Path, lab: Lab, handed: dict[str, dict[str, Any]]) -> None:
    """Write a course folder of one lab for this engine, with all that the course itself has of it."""
    folder.mkdir(parents=True)
    for name in ("solutions", "mistakes", "alternatives"):
        (folder / name).symlink_to(ROOT / name, target_is_directory=True)
    _common(folder, lab, handed)
    config = f'import os\nload_subconfig("{ROOT}/nbgrader_config.py")\nc = get_config()\n'
    (folder / "nbgrader_config.py").write_text(config + f'c.CourseDirectory.root = "{folder}"\n', encoding="utf-8")


def write_plain_class(folder: Path, lab: Lab, handed: dict[str, dict[str, Any]]) -> None:
    """Write a course folder of one lab for plain nbgrader."""
    folder.mkdir(parents=True)
    _common(folder, lab, handed)
    (folder / "nbgrader_config.py").write_text(PLAIN_CONFIG, encoding="utf-8")


def write_small_class(folder: Path, count: int) -> None:
    """Write a course folder of a made-up lab with five small cells, all of them answered."""
    mini_course.write_lab(folder)
    text = json.dumps(answered(mini_course.KINDS["right"]))
    for number in range(count):
        place = folder / "submitted" / f"s{number:06d}" / LAB
        place.mkdir(parents=True)
        (place / f"{LAB}.ipynb").write_text(text, encoding="utf-8")


def _common(folder: Path, lab: Lab, handed: dict[str, dict[str, Any]]) -> None:
    for kind in ("source", "release"):
        shutil.copytree(ROOT / kind / lab.name, folder / kind / lab.name)
    for student, notebook in handed.items():
        place = folder / "submitted" / student / lab.name
        place.mkdir(parents=True)
        (place / f"{lab.name}.ipynb").write_text(json.dumps(notebook, indent=1), encoding="utf-8")
