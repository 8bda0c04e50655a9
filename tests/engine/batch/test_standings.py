"""How each test of a lab can be judged, found out by trying; and the commands that tell it and set a course up."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path

import pytest
from traitlets.config import Config

from autograder.commands.cli import main as autograder
from autograder.course.as_handed_out import as_handed_out
from autograder.course.config import load_course
from autograder.grading.standings import find_standings
from autograder.model.record import Record, Verdict
from autograder.model.standing import Standing
from tests.engine.fixtures.other_course import answer, hand_in, notebook, write_assignment

POINTS = {  # test -> reference outside, untouched outside, reference beside, untouched beside
    "judged": (2, 0, 2, 0),
    "partial": (1, 0, 1, 0),
    "inside": (0, 0, 2, 0),
    "lost": (0, 0, 0, 0),
    "vacuous": (2, 2, 2, 0),
    "given": (2, 2, 2, 2),
    "kept": (2, 0, 2, 0),
}
TEMPLATES = """
python3:
    dispatch: "type({{snippet}})"
    normalize: "str({{snippet}})"
    check: "assert {{snippet}} == '{{value}}', '{{message}}'"
    templates:
        default:
            - test: "{{snippet}}"
              fail: "the value is not right"
"""


def test_standings_follow_from_trying() -> None:
    def graded(text: str, weak: Collection[str]) -> Iterable[Record]:
        for test, points in POINTS.items():
            got = points[(text == "release") + 2 * (test in weak)]
            yield Record("lab", "exercise", test, Verdict.PASSED if got else Verdict.FAILED, got, 2)

    assert find_standings("source", "release", graded, ["kept"]) == {
        "judged": Standing.OUTSIDE,
        "partial": Standing.OUTSIDE,
        "inside": Standing.WEAK,
        "lost": Standing.BROKEN,
        "vacuous": Standing.WEAK,
        "given": Standing.OUTSIDE,
        "kept": Standing.BOTH,
    }


def test_init_keeps_what_a_course_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells = [answer("one", "one = 1"), ("test", "t", "assert one == 1")]
    write_assignment(tmp_path, {"hw1/first": cells, "hw2/second": cells})
    (tmp_path / "release/hw2/second.ipynb").unlink()
    config = tmp_path / "nbgrader_config.py"
    config.write_text("c = get_config()\nc.CourseDirectory.course_id = 'mine'\n")
    for _ in range(2):
        assert autograder(["init", "--course-dir", str(tmp_path)]) == 0
    assert config.read_text().count("configure(") == 1
    assert load_course(tmp_path).coursedir.course_id == "mine"
    said = capsys.readouterr().out
    assert "Labs: hw1/first." in said
    assert "Not released: hw2/second." in said


def test_init_of_an_empty_folder(tmp_path: Path) -> None:
    assert autograder(["init", "--course-dir", str(tmp_path)]) == 0
    assert load_course(tmp_path).lab_names() == []


def test_check_tells_what_to_write_instead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    cells = [
        answer("one", "one = 1"),
        ("test", "plain", "assert one == 1"),
        ("test", "kernel", "x = 0\nassert get_ipython().user_ns['one'] == 1"),
        ("test", "wrong", "assert one == 2"),
    ]
    write_assignment(tmp_path, {"hw1/hw1": cells})
    assert autograder(["check", "--course-dir", str(tmp_path)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["hw1", "  outside plain"]
    assert said[2].startswith("  weak    kernel: line 2: NameError")
    assert "what IPython remembers" in said[2]
    assert said[3].startswith("  broken  wrong: line 1: AssertionError")
    assert said[-1] == "1 of 3 outside, 1 weak, 1 broken"


def test_check_tells_of_time_and_of_repeated_ids(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.Limits.cell_seconds = 1.5\n")
    slow = [answer("one", "import time\ntime.sleep(3)\none = 1"), ("test", "late", "assert one == 1")]
    twice = [answer("one", "one = 1"), ("test", "t", "assert one == 1"), ("test", "t", "assert one > 0")]
    write_assignment(tmp_path, {"hw1/hw1": slow, "hw2/hw2": twice})
    assert autograder(["check", "--course-dir", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "late: the reference answer, or the test, takes longer than 1.5 s. Instead: set c.Limits" in told.out
    assert "hw2 cannot be checked: 2 cells of hw2 have the grade id t: give each its own" in told.err


def test_automatic_tests_are_written_out(tmp_path: Path) -> None:
    (tmp_path / "autotests.yml").write_text(TEMPLATES)
    cells = [answer("one", "one = 41 + 1"), ("test", "auto", "### AUTOTEST one")]
    hand_in(tmp_path, "nobody", "hw1/hw1", "")
    folder = tmp_path / "submitted/nobody/hw1"
    source = notebook(cells, released=False)
    made = as_handed_out(source, folder, tmp_path, Config())
    assert "assert str(one) == '42'" in json.loads(made)["cells"][1]["source"]
    assert as_handed_out(source, folder, tmp_path, Config()) == made
    assert as_handed_out(notebook(cells[:1]), folder, tmp_path, Config()) == notebook(cells[:1])
