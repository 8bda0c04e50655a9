"""Feedback pages in the zip, under the names by which the LMS finds the student."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.lms.conftest import packed

Command = Callable[..., tuple[int, str]]


def contents(path: Path) -> dict[str, str]:
    """Name -> text of everything in a zip."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def write_pages(course: Path, *students: str) -> None:
    """What ``nbgrader generate_feedback`` would have made."""
    for student in students:
        page = course / f"feedback/{student}/mini/mini.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<p>{student}</p>")


@pytest.fixture
def moodle_class(course: Path, collect: Command, worksheet: Callable[..., Path]) -> Path:
    """Two hand-ins, collected."""
    names = ("Ada Lovelace_101", "Kurt Gödel_102")
    assert collect(packed({f"{name}_assignsubmission_file/mini.ipynb": "{}" for name in names}), worksheet())[0] == 0
    return course


def test_moodle(moodle_class: Path, command: Command, tmp_path: Path) -> None:
    """The hand-in's own folder, with the underscore that old versions want; the same bytes each time."""
    write_pages(moodle_class, "ada", "kurt")
    out = tmp_path / "feedback.zip"
    for _ in range(2):
        status, said = command("feedback", "--lms", "moodle", "--lab", "mini", "-o", out)
        assert status == 0
        assert "Upload multiple feedback files in a zip" in said
        assert contents(out) == {
            "Ada Lovelace_101_assignsubmission_file_/mini.html": "<p>ada</p>",
            "Kurt Gödel_102_assignsubmission_file_/mini.html": "<p>kurt</p>",
        }
        first = out.read_bytes()
    assert out.read_bytes() == first


def test_canvas(course: Path, collect: Command, command: Command, gradebook_csv: Path, tmp_path: Path) -> None:
    """The downloaded file's name, in which Canvas finds user and file, ending as a page's."""
    data = packed({"lovelaceada_LATE_501_9001_mini-1.ipynb": "{}", "lovelaceada_LATE_501_9002_data.csv": "1"})
    collect(data, gradebook_csv, lms="canvas")
    write_pages(course, "ada")
    out = tmp_path / "feedback.zip"
    assert command("feedback", "--lms", "canvas", "--lab", "mini", "-o", out)[0] == 0
    assert contents(out) == {"lovelaceada_LATE_501_9001_mini-1.html": "<p>ada</p>"}


def test_missing_and_outdated_pages_are_named(moodle_class: Path, command: Command, tmp_path: Path) -> None:
    """With the command that makes them; no zip when there is nothing to put into it."""
    out = tmp_path / "feedback.zip"
    arguments = ("feedback", "--lms", "moodle", "--lab", "mini", "-o", out)
    status, said = command(*arguments)
    assert status == 2
    assert "left out: ada, kurt: no feedback page: run `nbgrader generate_feedback mini`." in said
    assert not out.exists()
    write_pages(moodle_class, "ada", "kurt")
    graded = moodle_class / "autograded/kurt/mini/mini.ipynb"
    graded.parent.mkdir(parents=True)
    graded.write_text("{}")
    status, said = command(*arguments)
    assert status == 1
    assert (
        "left out: kurt: the page is older than the grade or a comment: run `nbgrader generate_feedback mini`" in said
    )
    assert list(contents(out)) == ["Ada Lovelace_101_assignsubmission_file_/mini.html"]


def test_hand_ins_that_were_not_collected(
    course: Path, command: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    """Moodle's worksheet tells the folder; without it, and for Canvas, nothing does."""
    folder = course / "submitted/ada/mini"
    folder.mkdir(parents=True)
    (folder / "mini.ipynb").write_text("{}")
    write_pages(course, "ada")
    out = tmp_path / "feedback.zip"
    moodle = ("feedback", "--lms", "moodle", "--lab", "mini", "-o", out)
    assert "give --students with the grading worksheet" in command(*moodle)[1]
    assert command(*moodle, "--students", worksheet())[0] == 0
    assert list(contents(out)) == ["Ada Lovelace_101_assignsubmission_file_/mini.html"]
    status, said = command("feedback", "--lms", "canvas", "--lab", "mini", "-o", tmp_path / "canvas.zip")
    assert status == 2
    assert "only submissions unpacked by `autograder collect` have one" in said


def test_nobody_handed_in(course: Path, command: Command, tmp_path: Path) -> None:
    """One clear sentence."""
    status, said = command("feedback", "--lms", "moodle", "--lab", "mini", "-o", tmp_path / "feedback.zip")
    assert (status, said) == (2, "autograder: Nobody has handed in mini: there is no feedback to return.\n")
