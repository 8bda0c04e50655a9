"""A submission of an edition is graded as any other, and its page is in the student's language."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from autograder.commands.cli import main
from tests.engine.fixtures import mini_lab as mini
from tests.engine.fixtures.edition import LANGUAGE, edition_notebook, write_edition
from tests.engine.fixtures.mini_course import grade, hand_in, query
from tests.engine.nbgrader.course import make_course, nbgrader_here

pytestmark = pytest.mark.slow(seconds=40)
WRONG = {**mini.ANSWERS, "square": "def square(x):\n    return 2 * x"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same wrong answers in English and in Ukrainian, and the untouched Ukrainian notebook, graded."""
    root = tmp_path_factory.mktemp("course")
    make_course(root)
    write_edition(root)
    other = edition_notebook()
    for cell in other["cells"]:
        cell["source"] = WRONG.get(cell["id"], cell["source"])
    hand_in(root, "ada", mini.answered(WRONG))
    hand_in(root, "olena", other)
    hand_in(root, "untouched", edition_notebook())
    status, said = grade(root, "--workers", "1")
    assert status == 0, said
    nbgrader_here(root, "generate_feedback", mini.LAB)
    return root


def page(course: Path, student: str) -> str:
    """A feedback page as text."""
    text = (course / "feedback" / student / mini.LAB / f"{mini.LAB}.html").read_text(encoding="utf-8")
    return " ".join(re.sub(r"<style.*?</style>|<[^<>]+>", " ", text, flags=re.DOTALL).split())


def test_the_records_are_the_same(course: Path) -> None:
    columns = "test, verdict, points, message, mistake"
    records = {
        student: query(course, f"select {columns} from autograder_record where student = '{student}' order by position")
        for student in ("ada", "olena")
    }
    assert records["ada"] == records["olena"] != []
    assert any("should be 9" in message for _, _, _, message, _ in records["ada"])
    answered = query(course, "select test, verdict from autograder_record where student = 'untouched'")
    assert {verdict for _, verdict in answered} == {"not answered"}


def test_each_page_is_in_the_language_of_its_submission(course: Path) -> None:
    english, other = page(course, "ada"), page(course, "olena")
    assert "Feedback for ada" in english
    assert "It squares and scales." in english
    assert "Відгук для olena" in other
    assert "не зараховано" in other
    assert "square(3) має дорівнювати 9, у вас 6. Схоже, ви подвоїли x; помножте x на себе." in other
    assert "Вона підносить до квадрата і множить." in other
    assert "Results by exercise" in other  # this edition has no message for it
    assert '<html lang="uk">' in (course / "feedback/olena/mini/mini.html").read_text(encoding="utf-8")


def test_the_graded_notebook_stays_the_labs_own(course: Path) -> None:
    graded = json.loads((course / "autograded/olena/mini/mini.ipynb").read_text(encoding="utf-8"))
    assert graded["metadata"]["edition"] == LANGUAGE
    assert graded["metadata"]["autograder"]["repairs"] == []
    assert [cell["source"] for cell in graded["cells"] if cell["id"] == "title"] == [
        "# A mini lab\n\nIt squares and scales."
    ]


def test_feedback_in_one_language_for_all(course: Path, tmp_path: Path) -> None:
    packed = tmp_path / "feedback.zip"
    options = ["--lms", "moodle", "--lab", mini.LAB, "--language", LANGUAGE, "-o", str(packed)]
    assert main(["feedback", *options, "--course-dir", str(course)]) == 2  # nobody knows these students in Moodle
    assert "Відгук для ada" in page(course, "ada")
    assert "Відгук для olena" in page(course, "olena")


def test_a_page_in_another_language_is_out_of_date(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Packing says so, and with the language as an option it does not."""
    options = ["--lms", "moodle", "--lab", mini.LAB, "-o", str(tmp_path / "feedback.zip"), "--course-dir", str(course)]
    main(["feedback", *options, "--language", LANGUAGE])
    assert "the page is older" not in capsys.readouterr().err
    main(["feedback", *options])
    assert "the page is older" in capsys.readouterr().err
