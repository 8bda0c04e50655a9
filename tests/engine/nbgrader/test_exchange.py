"""The whole way of a hand-in through nbgrader's exchange: from the release to the feedback that its student fetches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import get_username

from autograder.sandbox.levels import choose_level
from tests.engine.fixtures import mini_lab as mini
from tests.engine.nbgrader.course import hand_in, make_exchange, nbgrader_here, points

pytestmark = [
    pytest.mark.slow(seconds=20),
    pytest.mark.skipif(bool(choose_level().refusal), reason="this machine offers no isolation for grading"),
]


def test_from_release_to_feedback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    student = tmp_path / "student"
    course = make_exchange(tmp_path, student)
    nbgrader_here(course, "db", "assignment", "add", mini.LAB)
    nbgrader_here(course, "release_assignment", mini.LAB)
    nbgrader_here(student, "fetch_assignment", mini.LAB)
    for version in (mini.answered({}), mini.answered()):
        (student / mini.LAB / f"{mini.LAB}.ipynb").write_text(json.dumps(version), encoding="utf-8")
        nbgrader_here(student, "submit", mini.LAB)
        nbgrader_here(course, "collect", "--update", mini.LAB)
    hand_in(course, "by_mail", mini.answered())  # without time and secret
    hand_in(course, "hostile", mini.answered())
    hand_in(course, "hostile", b"\xff" * 300, "submission_secret.txt")
    nbgrader_here(course, "autograde", mini.LAB)
    nbgrader_here(course, "generate_feedback", mini.LAB)
    nbgrader_here(course, "release_feedback", mini.LAB)
    nbgrader_here(student, "fetch_feedback", mini.LAB)
    (fetched,) = student.glob(f"{mini.LAB}/feedback/*/{mini.LAB}.html")
    assert points(fetched.read_text(encoding="utf-8")) == "5 of 6 points so far: 1 answer waits for a person."
    me = get_username()
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mini-course") as gradebook:
        assert gradebook.find_submission(mini.LAB, me).timestamp is not None
        grade = gradebook.find_grade("observe", mini.LAB, mini.LAB, me)
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        gradebook.db.commit()
    other = course / "feedback/by_mail" / mini.LAB / f"{mini.LAB}.html"
    before = other.stat().st_mtime_ns
    for command in ("generate_feedback", "release_feedback"):
        nbgrader_here(course, command, mini.LAB)
    nbgrader_here(student, "fetch_feedback", mini.LAB)
    assert points(fetched.read_text(encoding="utf-8")) == "5.5 of 6 points."
    assert other.stat().st_mtime_ns == before, "made again although nothing in it changed"
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mini-course") as gradebook:
        gradebook.find_comment("observe", mini.LAB, mini.LAB, me).manual_comment = "Well seen."
        gradebook.db.commit()
    nbgrader_here(course, "generate_feedback", mini.LAB)
    page = course / "feedback" / me / mini.LAB / f"{mini.LAB}.html"
    assert "Well seen." in page.read_text(encoding="utf-8")
