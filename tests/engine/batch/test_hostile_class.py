"""A class in which every student hands in something else that once stopped the class: all are graded, each is named."""

from __future__ import annotations

import contextlib
import csv
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.commands import cli
from autograder.gradebook.grades import Status
from autograder.grading.spool import Spool
from autograder.grading.submission import _beside
from autograder.model.record import Result, Submission
from tests.engine.fixtures import mini_course as course
from tests.engine.fixtures.mini_lab import answered

OPEN, NOT = str(Status.WAITING), str(Status.NOT_GRADABLE)


def _stamp(text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / "timestamp.txt").write_text(text, encoding="utf-8")


def _replace(path: Path) -> Path:
    path.unlink(missing_ok=True)
    return path


def _socket(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made, contextlib.chdir(folder):  # a socket's whole path has 107 bytes at most
        made.bind("socket")


def _folder_of_a_notebooks_name(folder: Path) -> None:
    (folder / "mini.ipynb").rename(folder / "mine.ipynb")
    (folder / "mini.ipynb").mkdir()
    (folder / "mini.ipynb/data.csv").write_text("1")


def _own_names(folder: Path) -> None:
    for name in ("feedback/page.html", ".autograder/spool", "submission_secret.txt", ".moving/x", "x.result"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"\xff\0")


HANDED_IN: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "milliseconds": (_stamp("1773432000000"), OPEN, "time unknown: milliseconds, mini: timestamp.txt holds no time"),
    "other_order": (_stamp("03/13/2026 5:58 PM"), OPEN, "time unknown: other_order, mini"),
    "zone": (_stamp("2026-03-13 17:58:00 PST"), OPEN, "time unknown: zone, mini"),
    "endless": (lambda f: _replace(f / "timestamp.txt").symlink_to("/dev/zero"), OPEN, "time unknown: endless, mini"),
    "pipe": (lambda f: os.mkfifo(_replace(f / "timestamp.txt")), OPEN, "time unknown: pipe, mini"),
    "folder": (lambda f: _replace(f / "timestamp.txt").mkdir(), OPEN, "time unknown: folder, mini"),
    "large": (lambda f: os.truncate(f / "timestamp.txt", 600 << 20), OPEN, "time unknown: large, mini"),
    "socket": (_socket, OPEN, ""),
    "notebook_folder": (_folder_of_a_notebooks_name, OPEN, ""),
    "own_names": (_own_names, OPEN, ""),
    "link": (lambda f: _replace(f / "mini.ipynb").symlink_to("/dev/zero"), NOT, "not gradable: link, mini: Left out"),
    "notebook_pipe": (lambda f: os.mkfifo(_replace(f / "mini.ipynb")), NOT, "not gradable: notebook_pipe, mini"),
    "hole": (lambda f: os.truncate(f / "mini.ipynb", 1 << 33), NOT, "not gradable: hole, mini: Left out"),
}


@pytest.mark.slow(seconds=20)
def test_everybody_is_graded_and_named(tmp_path: Path) -> None:
    course.write_lab(tmp_path)
    for student, (spoil, _, _) in HANDED_IN.items():
        course.hand_in(tmp_path, student, answered())
        spoil(tmp_path / "submitted" / student / "mini")
    status, said = course.grade(tmp_path, "--workers", "1")
    said = " ".join(said.split())
    assert status == 1, said
    assert "Traceback" not in said
    assert [student for student, (_, _, sentence) in HANDED_IN.items() if sentence not in said] == []
    out = tmp_path / "grades.csv"
    arguments = ["export", "--lms", "csv", "--lab", "mini", "-o", str(out), "--course-dir", str(tmp_path)]
    assert cli.main(arguments) == 1
    with out.open(encoding="utf-8-sig", newline="") as file:
        found = {row["student"]: row["status"] for row in csv.DictReader(file)}
    assert found == {student: expected for student, (_, expected, _) in HANDED_IN.items()}
    again, said = course.grade_here(tmp_path, "--student", "pipe")
    assert (again, "time unknown: pipe" in said, "milliseconds" in said) == (0, True, False), said


def test_files_in_each_others_way_are_left_out(
    spool: Spool, make_result: Callable[..., Result], tmp_path: Path
) -> None:
    """They never keep a graded notebook from its place."""
    files = {"mini.ipynb/a.csv": b"1", "b": b"2", "b/c": b"3", "n" * 300: b"4", "timestamp.txt": b"?", "d.csv": b"5"}
    spool.place(make_result("ada"), Submission("ada", "mini", files))
    placed = {path.name for path in (tmp_path / "autograded/ada/mini").iterdir()}
    assert placed == {"mini.ipynb", "b", "d.csv"}


def test_the_runner_gets_what_can_be_there() -> None:
    """A file of the lab's takes the place of one of the same name, and is never moved out of the way."""
    ours = {"data/a.csv": b"a", "b.csv": b"b"}
    files, said = _beside(
        ours, {"data": b"1", "b.csv/c": b"2", "b.csv": b"3", "e": b"4", "e/f": b"5", "g": b"large"}, 4
    )
    assert files == {"data/a.csv": b"a", "b.csv": b"b", "e": b"4"}
    assert said == ["Left out: data, b.csv/c, e/f, g (larger than a file may be, or a file where a folder is needed)."]
