"""The marking scheme stands below the answer in the formgrader, and on no page for students."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbformat import from_dict

from autograder.nbgrader_plugin.cleaning import markdown_html
from autograder.nbgrader_plugin.schemes import TITLE, ShowScheme
from tests.engine.fixtures import mini_lab as mini
from tests.engine.nbgrader.course import make_course


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a graded notebook is, in a course."""
    return make_course(tmp_path) / "autograded" / "ada" / mini.LAB


def texts(folder: Path, **resources: Any) -> list[str]:
    """Texts of the cells that are shown."""
    shown = {"submission_id": "1", "assignment_id": mini.LAB, "metadata": {"path": str(folder)}} | resources
    nb, _ = ShowScheme().preprocess(from_dict(mini.answered()), shown)
    return [cell["source"] for cell in nb.cells]


def test_the_scheme_is_below_the_answer(folder: Path) -> None:
    found = texts(folder)
    at = found.index(mini.ANSWERS["observe"])
    assert TITLE in found[at + 1]
    assert mini.OBSERVE in found[at + 1]
    assert "BEGIN SOLUTION" not in found[at + 1]
    assert len(found) == len(mini.answered()["cells"]) + 1  # of answers that tests grade there is none
    page = markdown_html(found[at + 1])
    assert page.index("<details open") < page.index(mini.OBSERVE) < page.index("</details>")


@pytest.mark.parametrize("resources", [{"feedback": object()}, {"assignment_id": "nolab"}])
def test_nothing_is_added_elsewhere(folder: Path, resources: dict[str, Any]) -> None:
    assert not any(TITLE in text for text in texts(folder, **resources))


def test_a_page_without_a_submission_is_left_alone(folder: Path) -> None:
    nb, _ = ShowScheme().preprocess(from_dict(mini.answered()), {"metadata": {"path": str(folder)}})
    assert len(nb.cells) == len(mini.answered()["cells"])


def test_a_damaged_source_adds_nothing(folder: Path) -> None:
    (folder.parents[2] / "source" / mini.LAB / f"{mini.LAB}.ipynb").write_text("[]", encoding="utf-8")
    assert not any(TITLE in text for text in texts(folder))
