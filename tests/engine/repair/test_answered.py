"""Which cells hold an answer: what decides between a zero and a look by a person."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.grading.finished import not_gradable
from autograder.model.record import Submission
from autograder.notebook.parsed_lab import parse_lab
from autograder.repair.answered import answer_cells, answered_cells
from tests.engine.fixtures.mini_lab import ANSWERS, answered, mini_lab

LAB = parse_lab(mini_lab())


def own_cell(text: str) -> dict[str, Any]:
    """A text cell that the student added."""
    return {"cell_type": "markdown", "id": "own", "metadata": {"autograder": {"role": "extra"}}, "source": text}


@pytest.mark.parametrize("names", [(), ("square",), ("scale", "observe"), ("square", "scale", "observe")])
def test_cells_that_differ_from_the_release(names: tuple[str, ...]) -> None:
    assert answered_cells(answered({name: ANSWERS[name] for name in names}), LAB) == names


def test_blank_lines_are_no_answer() -> None:
    notebook = answered({})
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = ["\n", "".join(cell["source"]), "\n  \n"]
    assert answered_cells(notebook, LAB) == ()


def test_words_elsewhere_may_be_the_written_answer() -> None:
    notebook = answered({})
    notebook["cells"].append(own_cell("It grows faster."))
    assert answered_cells(notebook, LAB) == ("observe",)


def test_all_cells_of_an_unreadable_submission_count_as_answered() -> None:
    result = not_gradable(Submission("ada", "mini"), LAB.lab, "It is damaged.")
    assert result.answered == answer_cells(LAB) == ("square", "scale", "observe")
