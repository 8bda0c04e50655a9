"""The whole way of a hand-in through nbgrader's exchange: from the release to the feedback that its student fetches."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jupyter_core.application import NoStart
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderApp
from nbgrader.utils import get_username
from traitlets.config import Application

from autograder.sandbox.levels import choose_level
from tests.engine.fixtures import mini_lab as mini
from tests.engine.nbgrader.course import CONFIG, hand_in, make_course

pytestmark = [
    pytest.mark.slow(seconds=20),
    pytest.mark.skipif(bool(choose_level().refusal), reason="this machine offers no isolation for grading"),
]
Run = Callable[..., None]


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The instructor's course and the student's folder, with an exchange between them."""
    for name in ("exchange", "student"):
        (tmp_path / name).mkdir()
    (tmp_path / "exchange").chmod(0o777)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    course = make_course(tmp_path / "course")
    exchange = f"c.Exchange.root = {str(tmp_path / 'exchange')!r}\n"
    (course / "nbgrader_config.py").write_text(CONFIG + exchange, encoding="utf-8")
    student = "c = get_config()\nc.CourseDirectory.course_id = 'mini-course'\n" + exchange
    (tmp_path / "student/nbgrader_config.py").write_text(student, encoding="utf-8")
    return course, tmp_path / "student"


@pytest.fixture
def nbgrader() -> Iterator[Run]:
    """Run nbgrader's own command in this process, in a folder; it must succeed."""
    before = os.getcwd()

    def run(folder: Path, *arguments: str) -> None:
        os.chdir(folder)
        status = 0
        try:
            app = NbGraderApp.instance()
            app.initialize([*arguments, "--log-level=ERROR"])
            app.start()
        except NoStart:  # how an application ends whose sub-command has run
            pass
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            while Application.initialized():
                type(Application.instance()).clear_instance()
        assert status == 0, arguments

    yield run
    os.chdir(before)


def points(page: Path) -> str:
    """The sum at the top of a feedback page."""
    found = re.search(r'<p class="total">(.*?)</p>', page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return re.sub(r"<.*?>", "", found[1])


def test_from_release_to_feedback(folders: tuple[Path, Path], nbgrader: Run) -> None:
    course, student = folders
    nbgrader(course, "db", "assignment", "add", mini.LAB)
    nbgrader(course, "release_assignment", mini.LAB)
    nbgrader(student, "fetch_assignment", mini.LAB)
    (student / mini.LAB / f"{mini.LAB}.ipynb").write_text(json.dumps(mini.answered()), encoding="utf-8")
    nbgrader(student, "submit", mini.LAB)
    nbgrader(course, "collect", mini.LAB)
    hand_in(course, "by_mail", mini.answered())  # without time and secret
    hand_in(course, "hostile", mini.answered())
    hand_in(course, "hostile", b"\xff" * 300, "submission_secret.txt")
    nbgrader(course, "autograde", mini.LAB)
    nbgrader(course, "generate_feedback", mini.LAB)
    nbgrader(course, "release_feedback", mini.LAB)
    nbgrader(student, "fetch_feedback", mini.LAB)
    (fetched,) = student.glob(f"{mini.LAB}/feedback/*/{mini.LAB}.html")
    assert points(fetched) == "5 of 6 points so far: 1 answer waits for a person."
    me = get_username()
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mini-course") as gradebook:
        assert gradebook.find_submission(mini.LAB, me).timestamp is not None
        grade = gradebook.find_grade("observe", mini.LAB, mini.LAB, me)
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        gradebook.db.commit()
    other = course / "feedback/by_mail" / mini.LAB / f"{mini.LAB}.html"
    before = other.stat().st_mtime_ns
    for command in ("generate_feedback", "release_feedback"):
        nbgrader(course, command, mini.LAB)
    nbgrader(student, "fetch_feedback", mini.LAB)
    assert points(fetched) == "5.5 of 6 points."
    assert other.stat().st_mtime_ns == before, "made again although nothing in it changed"
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mini-course") as gradebook:
        gradebook.find_comment("observe", mini.LAB, mini.LAB, me).manual_comment = "Well seen."
        gradebook.db.commit()
    nbgrader(course, "generate_feedback", mini.LAB)
    page = course / "feedback" / me / mini.LAB / f"{mini.LAB}.html"
    assert "Well seen." in page.read_text(encoding="utf-8")
