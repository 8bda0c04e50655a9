"""Similar work as a page, and as a part of the report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.commands.cli import main
from autograder.report.similar_page import telling
from tests.engine.fixtures.mini_course import write_lab
from tests.engine.fixtures.mini_lab import LAB
from tests.engine.similar.classes import cell_of, independent
from tests.engine.similar.test_pairs import ORIGINAL, original


@pytest.fixture
def copied(tmp_path: Path, sqlite_url: str, fill: Callable[[str], None]) -> Path:
    """A course with graded notebooks, two of which have the same unusual answers; one name is markup."""
    write_lab(tmp_path)
    fill(sqlite_url)
    class_ = independent(20, seed=4) | {"ada": original(), "<i>dan<b>": original()}
    cell_of(class_["ada"], "scale")["source"] += "\n# <b>mine</b>"
    for student, content in class_.items():
        folder = tmp_path / "autograded" / student / LAB
        folder.mkdir(parents=True)
        (folder / f"{LAB}.ipynb").write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


def call(root: Path, *words: str) -> int:
    return main([*words, "--course-dir", str(root)])


def test_the_page_shows_both_sides(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escaped, with what is in common marked, and with no verdict."""
    assert call(copied, "similar", LAB) == 0
    said = capsys.readouterr().out
    assert "1. " in said
    assert "Ada Lovelace (ada)" in said
    assert "2. " not in said
    page = (copied / "report" / f"similar-{LAB}.html").read_text(encoding="utf-8")
    assert page.count(f"<mark>{ORIGINAL['scale'].splitlines()[2]}</mark>") == 2
    assert "&lt;b&gt;mine" in page
    assert "&lt;i&gt;dan&lt;b&gt;" in page
    assert "<b>mine" not in page
    assert "This is no verdict" in page
    assert "http" not in page
    for word in ("plagiar", "cheat", "copied from"):
        assert word not in page.lower()


def test_the_files_as_handed_in_are_read(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Graded notebooks no longer have what programs wrote into them; what is no file of a student's is left alone."""
    for student, cell_id in (("s000", "a1b2c3d4"), ("s001", "a1b2c3d4"), ("s002", "e5f6a7b8")):
        folder = copied / "submitted" / student / LAB
        folder.mkdir(parents=True)
        (folder / f"{LAB}.ipynb").write_text(json.dumps({"cells": [{"id": cell_id}]}), encoding="utf-8")
    (copied / "submitted/s003").symlink_to(copied / "submitted/s000")
    for student, content in (("s004", b"["), ("s005", b"[" * 100_000), ("s006", b"\xff"), ("s007", b"NaN")):
        folder = copied / "submitted" / student / LAB
        folder.mkdir(parents=True)
        (folder / f"{LAB}.ipynb").write_bytes(content)
    (copied / "submitted/s007" / LAB / "a.ipynb").mkdir()
    assert call(copied, "similar", LAB) == 0
    said = capsys.readouterr()
    assert (
        "s000 and s001\n   the files as handed in: 1 cell of the same random id. These cells are from one" in said.out
    )
    assert "3. " not in said.out
    assert said.err == ""


@pytest.mark.parametrize(
    ("told", "begins"), [(0, "All notebooks hold answers as others"), (3, "Of 3 of the 5 notebooks"), (5, "Of every")]
)
def test_what_a_list_can_tell(told: int, begins: str) -> None:
    assert telling(5, told).startswith(begins)


def test_the_page_says_of_how_many_a_copy_could_be_told(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(copied, "similar", LAB) == 0
    said = capsys.readouterr().out
    (sentence,) = [line for line in said.splitlines() if "a copy would be listed, whatever its names" in line]
    assert sentence in (copied / "report" / f"similar-{LAB}.html").read_text(encoding="utf-8")


def test_the_report_lists_the_pair(copied: Path) -> None:
    assert call(copied, "report") == 0
    page = (copied / "report" / "class.html").read_text(encoding="utf-8")
    assert "Similar work" in page
    assert "This is no verdict" in page
    assert call(copied, "report", "--anonymous") == 0
    page = (copied / "report" / "class-anonymous.html").read_text(encoding="utf-8")
    assert "1 pair; names are left out" in page
    assert "running remainder" not in page


def test_nobody_stands_out(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And a notebook that cannot be read is named, and stops nothing."""
    path = copied / "autograded" / "ada" / LAB / f"{LAB}.ipynb"
    path.write_text("[" * 100_000, encoding="utf-8")
    assert call(copied, "similar", LAB) == 0
    said = capsys.readouterr()
    assert "Nobody stands out among the 21 graded submissions" in said.out
    assert "left out, since the graded notebook cannot be read: ada." in said.err


@pytest.mark.parametrize("words", [(LAB, "--most", "0"), ("nolab",), (LAB, "-o", "/")])
def test_what_cannot_be_done_is_one_sentence(
    words: tuple[str, ...], copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = call(copied, "similar", *words)
    except SystemExit as error:
        status = int(error.code or 0)
    assert status == 2
    assert "Traceback" not in capsys.readouterr().err
