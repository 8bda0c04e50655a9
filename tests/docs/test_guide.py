"""An instructor can write a new exercise with the guide alone: its example is built, and graded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.commands.cli import main as autograder
from coursebuild.__main__ import main as build
from tests.docs.pages import ROOT, shown_files

LAB = "05_activations"
FILES = shown_files((ROOT / "docs" / "instructors.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder with the guide's files in it and nothing else, built."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "solutions" / "__init__.py").write_text('"""The reference answers."""\n', encoding="utf-8")
    assert build(["--root", str(root)]) == 0
    return root


def body(name: str) -> str:
    """A catalogued answer as a student would write it."""
    return FILES[name].split('"""', 2)[2]


def hand_in(course: Path, student: str, **answers: str) -> None:
    """Fill the release in."""
    notebook = json.loads((course / "release" / LAB / f"{LAB}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(name, cell["source"])
    folder = course / "submitted" / student / LAB
    folder.mkdir(parents=True)
    (folder / f"{LAB}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def test_the_guide_shows_every_file_of_an_exercise() -> None:
    assert {Path(name).parts[0] for name in FILES} == {"solutions", "labs", "mistakes", "alternatives"}


def test_build_makes_all_three_and_nothing_leaks(course: Path) -> None:
    release = (course / "release" / LAB / f"{LAB}.ipynb").read_text(encoding="utf-8")
    assert "# your code here" in release
    assert "maximum" not in release
    assert "reference" not in release
    assert "# %load -s relu ../solutions/relu.py" in (course / "notebooks" / f"{LAB}_in_class.ipynb").read_text(
        encoding="utf-8"
    )
    assert "np.maximum" in (course / "source" / LAB / f"{LAB}.ipynb").read_text(encoding="utf-8")


def test_right_answers_pass_and_the_mistake_gets_its_sentence(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in(course, "right", relu="def relu(z):\n    return np.where(z > 0, z, 0)", observe_relu="0 and 1.")
    hand_in(course, "unusual", relu=body("alternatives/relu/comparison.py"))
    hand_in(course, "wrong", relu=body("mistakes/relu/absolute_value.py"))
    hand_in(course, "untouched")
    assert autograder(["grade", "--course-dir", str(course), "--workers", "1"]) == 0
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        points = {
            student: {grade.name: grade for grade in gradebook.find_submission_notebook(LAB, LAB, student).grades}
            for student in ("right", "unusual", "wrong", "untouched")
        }
        scores = {student: grades["test_relu"].auto_score for student, grades in points.items()}
        assert scores == {"right": 2.0, "unusual": 2.0, "wrong": 0.0, "untouched": 0.0}
        assert points["right"]["observe_relu"].needs_manual_grade
        assert not points["untouched"]["observe_relu"].needs_manual_grade
    capsys.readouterr()
    assert autograder(["report", "--course-dir", str(course)]) == 0
    mistakes = (course / "report" / "class-mistakes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert mistakes[1].startswith(f"{LAB},relu,absolute_value,1,3,Your function turns negative numbers")
