"""An edition in another language goes to students in the same layout, checked by the same rules."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from autograder.commands.cli import main
from tests.engine.fixtures.edition import LANGUAGE, TEXTS, write_edition
from tests.engine.fixtures.mini_course import write_lab
from tests.engine.fixtures.mini_lab import SQUARE
from tests.engine.publish.test_publish import add, cell


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with an edition."""
    root = tmp_path / "course"
    root.mkdir()
    write_lab(root)
    write_edition(root)
    (root / "requirements.txt").write_text("numpy\n")
    return root


def publish(course: Path, *options: str) -> int:
    """Run the command."""
    return main(["publish", "--course-dir", str(course), "--zip", str(course / "students.zip"), *options])


def test_an_edition_has_the_same_names(course: Path) -> None:
    assert publish(course, "--language", LANGUAGE) == 0
    with zipfile.ZipFile(course / "students.zip") as archive:
        files = {name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist()}
    assert files.keys() == {"release/mini/mini.ipynb", "notebooks/mini.ipynb", "README.md", "requirements.txt"}
    assert "Вправа: квадрат" in files["release/mini/mini.ipynb"]
    assert "Вправа: квадрат" in files["notebooks/mini.ipynb"]
    assert (
        "# Для студентів\n\n## Що в цій папці\n\n- `release/mini/mini.ipynb`: для роботи і здачі" in files["README.md"]
    )


def test_the_courses_own_setting(course: Path) -> None:
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(f"c.Autograder.language = {LANGUAGE!r}\n")
    assert publish(course) == 0
    with zipfile.ZipFile(course / "students.zip") as archive:
        assert TEXTS["task_square"].split("\n")[0] in archive.read("students/release/mini/mini.ipynb").decode()


def test_a_language_without_an_edition(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(course, "--language", "fr") == 2
    said = capsys.readouterr().err
    assert said == "autograder: There is no edition in the language fr. Editions besides English: uk.\n"


def test_an_edition_that_shows_an_answer(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(course / "editions" / LANGUAGE / "release/mini/mini.ipynb", cell(SQUARE))
    assert publish(course, "--language", LANGUAGE) == 1
    assert "release/mini/mini.ipynb" in capsys.readouterr().err
    assert not (course / "students.zip").exists()
