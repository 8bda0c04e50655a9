"""What a person sees: a bar with rate and counts in a terminal, lines in a pipe, tables at the end, exit codes."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pexpect
import pytest

from autograder.commands.progress import Progress
from autograder.model.record import Result
from tests.engine.fixtures import mini_course as course
from tests.engine.fixtures.mini_lab import answered

pytestmark = [pytest.mark.slow(seconds=10), pytest.mark.spread]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def test_in_a_terminal_and_in_a_pipe(tmp_path: Path) -> None:
    course.write_course(tmp_path, 8)
    terminal = pexpect.spawn(
        sys.executable,
        ["-m", "autograder.commands.cli", "grade", "--course-dir", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(course.ROOT), "TERM": "xterm-256color"},
        dimensions=(40, 80),
        encoding="utf-8",
        timeout=240,
    )
    terminal.expect(pexpect.EOF)
    terminal.close()
    said = ESCAPES.sub("", terminal.before)
    assert terminal.exitstatus == 1
    assert "starting the workers" in said
    assert re.search(r"8/8 \d+/min, 0:00:00 left", said)
    assert re.search(r"crash 1, failed 1, not answered 3, not gradable 3, passed \d+", said)
    assert "not gradable: s00005, mini: mini.ipynb is text, but no notebook" in said
    status, said = course.grade(tmp_path)
    assert status == 1
    assert "graded 0, unchanged 8, of 8" in said
    assert "\x1b" not in said


def test_exit_codes_and_sentences(tmp_path: Path) -> None:
    status, said = course.grade_here(tmp_path)
    assert (status, said.count("\n"), "is no course folder" in said) == (2, 1, True), said
    course.write_lab(tmp_path)
    status, said = course.grade_here(tmp_path)
    assert (status, said.count("\n"), "Nothing was handed in" in said) == (2, 1, True), said
    status, said = course.grade_here(tmp_path, "nothing")
    assert (status, said.count("\n"), "There is no source/nothing. Known labs: mini." in said) == (2, 1, True), said
    course.hand_in(tmp_path, "ada", answered())
    status, said = course.grade_here(tmp_path, "--db", "postgresql://nobody:secret@127.0.0.1:9/none")
    assert (status, said.count("\n"), "cannot be opened" in said) == (2, 1, True), said
    assert "secret" not in said
    for wrong in ("0", "x"):
        status, said = course.grade_here(tmp_path, "--workers", wrong)
        assert (status, f"{wrong} is not a number of workers: give 1 or more" in said) == (2, True), said
    status, said = course.grade_here(tmp_path, "--scheduler", "nowhere")
    assert (status, "nowhere is no address with a port" in said, "Traceback" in said) == (2, True, False), said
    assert course.grade_here(tmp_path)[0] == 0


def test_the_rate_counts_from_the_first_result(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("autograder.commands.progress.time.monotonic", lambda: now)
    progress = Progress(10)
    result = Result("ada", "mini", (), "")
    progress.saved(None)
    assert progress.pace() == "starting the workers"
    for now in (1030.0, 1031.0, 1032.0):  # noqa: B007 - the clock above reads it
        progress.saved(result)
    assert progress.pace() == "60/min, 0:00:06 left"
