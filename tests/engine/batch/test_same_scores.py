"""``nbgrader autograde`` with this engine plugged in and ``autograder grade`` give every submission the same scores."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from examples.make_class import make_class
from examples.people import PEOPLE
from tests.engine.fixtures import mini_course as course
from tests.engine.fixtures.mini_lab import LAB

pytestmark = [pytest.mark.slow, pytest.mark.spread]
PLUGGED_IN = course.CONFIG + "from autograder.nbgrader_plugin import configure\nconfigure(c)\n"
QUICK_LAB = "02_two_neurons"  # nobody's loop; `make bench` compares every lab of the example class


def nbgrader_autograde(root: Path, lab: str) -> str:
    """Run it; all that it said."""
    here = Path(sys.executable).parent
    environment = {**os.environ, "PYTHONPATH": str(course.ROOT), "PATH": f"{here}:{os.environ['PATH']}"}
    line = [str(here / "nbgrader"), "autograde", lab]
    done = subprocess.run(line, cwd=root, env=environment, capture_output=True, text=True, timeout=280)
    return done.stdout + done.stderr


def test_both_commands_agree_on_crashes_and_broken_files(tmp_path: Path) -> None:
    ours, nbgraders = tmp_path / "ours", tmp_path / "nbgraders"
    for root in (ours, nbgraders):
        course.write_course(root, 12)
        (root / "nbgrader_config.py").write_text(PLUGGED_IN, encoding="utf-8")
    course.grade(ours, "--workers", "1")
    said = nbgrader_autograde(nbgraders, LAB)
    grades, records = course.state(ours)["grades"], course.state(ours)["records"]
    assert len(records) == 36
    again = course.state(nbgraders)
    unreadable = {student for student, *_ in grades} - {student for student, *_ in again["grades"]}
    assert unreadable <= {"s00005", "s00011"}, said
    assert again["grades"] == [each for each in grades if each[0] not in unreadable]


def test_both_commands_agree_on_the_example_class(tmp_path: Path) -> None:
    ours, nbgraders = tmp_path / "ours", tmp_path / "nbgraders"
    for root in (ours, nbgraders):
        make_class(root)
    course.grade(ours, QUICK_LAB, "--workers", "1")
    said = nbgrader_autograde(nbgraders, QUICK_LAB)
    grades = course.state(ours)["grades"]
    assert len({student for student, *_ in grades}) == len(PEOPLE)
    assert {score for _, _, score, _ in grades} >= {0.0, 3.0}
    assert course.state(nbgraders)["grades"] == grades, said
