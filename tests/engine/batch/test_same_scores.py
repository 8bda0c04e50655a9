"""``nbgrader autograde`` with this engine plugged in and ``autograder grade`` give every submission the same scores."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.fixtures import mini_course as course
from tests.engine.fixtures.mini_lab import LAB

pytestmark = pytest.mark.slow
PLUGGED_IN = course.CONFIG + "from autograder.nbgrader_plugin import configure\nconfigure(c)\n"


def test_both_commands_agree(tmp_path: Path) -> None:
    ours, nbgraders = tmp_path / "ours", tmp_path / "nbgraders"
    for root in (ours, nbgraders):
        course.write_course(root, 12)
        (root / "nbgrader_config.py").write_text(PLUGGED_IN, encoding="utf-8")
    course.grade(ours)
    here = Path(sys.executable).parent
    environment = {**os.environ, "PYTHONPATH": str(course.ROOT), "PATH": f"{here}:{os.environ['PATH']}"}
    line = [str(here / "nbgrader"), "autograde", LAB]
    said = subprocess.run(line, cwd=nbgraders, env=environment, capture_output=True, text=True, timeout=280)
    grades, records = course.state(ours)["grades"], course.state(ours)["records"]
    assert len(records) == 36
    again = course.state(nbgraders)
    unreadable = {student for student, *_ in grades} - {student for student, *_ in again["grades"]}
    assert unreadable <= {"s00005", "s00011"}, said.stderr
    assert again["grades"] == [each for each in grades if each[0] not in unreadable]
